package io.bellwether.checks;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The public face of a class, one line for each thing a host can name. */
final class Signatures {
  private Signatures() {}

  /** Empty for what a host cannot name. */
  static List<String> of(Class<?> type) {
    if (!isNameable(type)) {
      return List.of();
    }
    var members = new TreeSet<String>();
    for (var field : type.getDeclaredFields()) {
      if (isNameable(field)) {
        members.add(field(field));
      }
    }
    for (var constructor : type.getDeclaredConstructors()) {
      if (isNameable(constructor)) {
        members.add(executable(constructor, type.getSimpleName()));
      }
    }
    for (var method : type.getDeclaredMethods()) {
      if (isNameable(method) && !method.isBridge()) {
        members.add(method(method));
      }
    }
    var lines = new ArrayList<String>();
    lines.add(head(type));
    members.forEach(member -> lines.add("  " + member));
    return lines;
  }

  private static String head(Class<?> type) {
    var kind =
        type.isRecord()
            ? "record "
            : type.isEnum()
                ? "enum "
                : type.isAnnotation()
                    ? "annotation "
                    : type.isInterface() ? "interface " : "class ";
    var open = Modifier.isFinal(type.getModifiers()) ? "" : type.isSealed() ? "sealed " : "open ";
    var supers = new ArrayList<String>();
    if (type.getGenericSuperclass() != null && type.getGenericSuperclass() != Object.class) {
      supers.add(type.getGenericSuperclass().getTypeName());
    }
    supers.addAll(names(type.getGenericInterfaces()));
    return (type.isRecord() || type.isEnum() ? "" : open)
        + kind
        + type.getName()
        + parameters(type.getTypeParameters())
        + (supers.isEmpty() ? "" : " : " + String.join(", ", supers));
  }

  private static String field(Field field) {
    return modifiers(field) + field.getGenericType().getTypeName() + " " + field.getName();
  }

  private static String method(Method method) {
    return executable(method, method.getGenericReturnType().getTypeName() + " " + method.getName());
  }

  private static String executable(Executable executable, String name) {
    var thrown = names(executable.getGenericExceptionTypes());
    var generics = parameters(executable.getTypeParameters());
    return (executable instanceof Constructor ? access(executable) : modifiers(executable))
        + (generics.isEmpty() ? "" : generics + " ")
        + name
        + names(executable.getGenericParameterTypes()).stream()
            .collect(Collectors.joining(", ", "(", ")"))
        + (thrown.isEmpty() ? "" : " throws " + String.join(", ", thrown));
  }

  private static String modifiers(Member member) {
    var flags = member.getModifiers();
    return access(member)
        + (Modifier.isStatic(flags) ? "static " : "")
        + (Modifier.isAbstract(flags) ? "abstract " : "")
        + (member instanceof Method method && method.isDefault() ? "default " : "");
  }

  private static String access(Member member) {
    return Modifier.isProtected(member.getModifiers()) ? "protected " : "";
  }

  private static String parameters(java.lang.reflect.TypeVariable<?>[] variables) {
    return variables.length == 0
        ? ""
        : Arrays.stream(variables)
            .map(
                variable -> {
                  var bounds = names(variable.getBounds());
                  return bounds.equals(List.of("java.lang.Object"))
                      ? variable.getName()
                      : variable.getName() + " extends " + String.join(" & ", bounds);
                })
            .collect(Collectors.joining(", ", "<", ">"));
  }

  private static List<String> names(Type[] types) {
    return Arrays.stream(types).map(Type::getTypeName).toList();
  }

  private static boolean isNameable(Class<?> type) {
    if (type.getName().contains(".internal.") || type.isAnonymousClass() || type.isLocalClass()) {
      return false;
    }
    var flags = type.getModifiers();
    var open = Modifier.isPublic(flags) || Modifier.isProtected(flags);
    return open && (type.getEnclosingClass() == null || isNameable(type.getEnclosingClass()));
  }

  private static boolean isNameable(Member member) {
    var flags = member.getModifiers();
    return (Modifier.isPublic(flags) || Modifier.isProtected(flags)) && !member.isSynthetic();
  }
}
