package io.bellwether.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AudienceTest {
  @Test
  void a_few_users_are_told_in_order_and_many_are_cut_short() {
    assertThat(Audience.users("bob", "ann")).hasToString("users [ann, bob]");
    var many = IntStream.range(0, 5_000).mapToObj(i -> "user-" + i).toArray(String[]::new);
    assertThat(Audience.users(many).toString())
        .startsWith("users [user-0, user-1, user-10, ")
        .endsWith("characters in all)")
        .hasSizeLessThan(2_100);
  }

  @Test
  void a_header_value_of_any_length_is_told_in_part() {
    assertThat(Audience.header("X-Canary", "yes")).hasToString("header x-canary=yes");
    assertThat(Audience.header("X-Canary", "y".repeat(20_000)).toString())
        .endsWith("… (20000 characters in all)")
        .hasSizeLessThan(2_100);
  }
}
