package io.bellwether.architecture;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Finds public and protected declarations without a comment, and record components without one. */
final class Undocumented extends TreePathScanner<Void, Void> {
  private static final Set<Tree.Kind> PUBLIC_MEMBERS =
      Set.of(Tree.Kind.INTERFACE, Tree.Kind.ANNOTATION_TYPE);

  private final DocTrees docs;
  private final List<String> found = new ArrayList<>();

  private Undocumented(DocTrees docs) {
    this.docs = docs;
  }

  /** What lacks a comment, as {@code file:line: name}. */
  static List<String> in(Iterable<? extends JavaFileObject> sources) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var task = (JavacTask) compiler.getTask(null, null, null, null, null, sources);
    var scanner = new Undocumented(DocTrees.instance(task));
    for (var unit : task.parse()) {
      scanner.scan(unit, null);
    }
    return scanner.found;
  }

  @Override
  public Void visitClass(ClassTree type, Void none) {
    if (!isVisible(type.getModifiers())) {
      return null;
    }
    require(type, type.getSimpleName());
    if (type.getKind() == Tree.Kind.RECORD) {
      requireComponents(type);
    }
    return super.visitClass(type, none);
  }

  @Override
  public Void visitMethod(MethodTree method, Void none) {
    var inherits =
        method.getModifiers().getAnnotations().stream()
            .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    if (isVisible(method.getModifiers()) && !inherits) {
      require(method, method.getName());
    }
    return null;
  }

  @Override
  public Void visitVariable(VariableTree field, Void none) {
    if (isVisible(field.getModifiers())) {
      require(field, field.getName());
    }
    return null;
  }

  private boolean isVisible(ModifiersTree modifiers) {
    var flags = modifiers.getFlags();
    var parent = getCurrentPath().getParentPath().getLeaf();
    return flags.contains(Modifier.PUBLIC)
        || flags.contains(Modifier.PROTECTED)
        || PUBLIC_MEMBERS.contains(parent.getKind()) && !flags.contains(Modifier.PRIVATE);
  }

  private void require(Tree tree, CharSequence name) {
    if (docs.getDocCommentTree(getCurrentPath()) == null) {
      report(tree, name);
    }
  }

  private void requireComponents(ClassTree type) {
    var comment = docs.getDocCommentTree(getCurrentPath());
    for (var member : type.getMembers()) {
      if (member instanceof VariableTree field
          && !field.getModifiers().getFlags().contains(Modifier.STATIC)
          && !hasParam(comment, field.getName())) {
        report(type, "@param " + field.getName() + " of " + type.getSimpleName());
      }
    }
  }

  private static boolean hasParam(DocCommentTree comment, CharSequence name) {
    return comment != null
        && comment.getBlockTags().stream()
            .anyMatch(
                tag -> tag instanceof ParamTree p && p.getName().getName().contentEquals(name));
  }

  private void report(Tree tree, CharSequence name) {
    var unit = getCurrentPath().getCompilationUnit();
    var start = docs.getSourcePositions().getStartPosition(unit, tree);
    var line = unit.getLineMap().getLineNumber(start);
    found.add(unit.getSourceFile().getName() + ":" + line + ": " + name);
  }
}
