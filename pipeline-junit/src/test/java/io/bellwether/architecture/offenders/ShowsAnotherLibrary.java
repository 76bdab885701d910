package io.bellwether.architecture.offenders;

import com.tngtech.archunit.core.domain.JavaClass;

/** Puts another library's type into its signature. */
public class ShowsAnotherLibrary {
  public JavaClass type(JavaClass type) {
    return type;
  }
}
