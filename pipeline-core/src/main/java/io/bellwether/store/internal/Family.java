package io.bellwether.store.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bellwether.BellwetherException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values of a sealed family: an object whose {@code type} says which of them it is. */
final class Family<T> implements Codec<T> {
  private final String what;
  private final Map<Class<?>, Member<? extends T>> byType = new HashMap<>();
  private final Map<String, Member<? extends T>> byName = new HashMap<>();

  /**
   * A member of a family.
   *
   * @param name in the document; stays as it is when the class gets another one
   */
  record Member<M>(String name, Class<M> type, ObjectCodec<M> codec) {
    void write(Object value, JsonGenerator out) throws IOException {
      out.writeStartObject();
      out.writeStringField("type", name);
      codec.writeFields(type.cast(value), out);
      out.writeEndObject();
    }
  }

  Family(String what, List<Member<? extends T>> members) {
    this.what = what;
    for (var member : members) {
      byType.put(member.type(), member);
      byName.put(member.name(), member);
    }
  }

  @Override
  public void write(T value, JsonGenerator out) throws IOException {
    var member = byType.get(value.getClass());
    if (member == null) {
      throw new BellwetherException("nobody said how to write " + what + " " + value.getClass());
    }
    member.write(value, out);
  }

  @Override
  public T read(Json json) {
    var fields = json.fields();
    var name = fields.get("type", Scalars.TEXT);
    var member = byName.get(name);
    if (member == null) {
      throw json.refusal("'" + name + "' is no " + what + " this library knows");
    }
    return member.codec().readFields(json, fields);
  }
}
