package dev.jacobi.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may know what: the picture of ARCHITECTURE.md as a test. */
class ArchitectureTest {
  /** Packages that may make restricted calls of the foreign function interface, and why. */
  private static final List<String> NATIVE =
      List.of(
          "dev.jacobi.cpu.lapack", // OpenBLAS
          "dev.jacobi.cpu.llvm", // libLLVM's C API
          "dev.jacobi.cpu.run", // calls into compiled code
          "dev.jacobi.hlo.memory", // pages from the operating system
          "dev.jacobi.pjrt", // plugins
          "dev.jacobi.pjrt.struct");

  /** Calls that the JDK restricts. */
  private static final Set<String> RESTRICTED =
      Set.of("downcallHandle", "upcallStub", "libraryLookup", "reinterpret");

  private static JavaClasses main;

  @BeforeAll
  static void read() {
    main =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.jacobi");
    assertThat(main.size()).isGreaterThan(200);
  }

  /** The facade of jax.lax, which like the root package stands above all others of core. */
  private static final DescribedPredicate<JavaClass> LAX =
      DescribedPredicate.describe(
          "the facade of lax",
          type ->
              type.getPackageName().equals("dev.jacobi.lax")
                  && type.isAssignableFrom("dev.jacobi.lax.Lax"));

  private static final DescribedPredicate<JavaClass> CORE =
      DescribedPredicate.describe(
          "of core",
          type ->
              type.getPackageName().startsWith("dev.jacobi")
                  && Sources.MODULES.stream()
                      .filter(module -> !module.equals("core"))
                      .noneMatch(module -> isIn(type, "dev.jacobi." + module)));

  private static boolean isIn(JavaClass type, String name) {
    return type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".");
  }

  private static DescribedPredicate<JavaClass> jacobiBut(String... modules) {
    return DescribedPredicate.describe(
        "of other modules than " + String.join(", ", modules),
        type ->
            isIn(type, "dev.jacobi")
                && List.of(modules).stream()
                    .noneMatch(module -> isIn(type, "dev.jacobi." + module)));
  }

  @Test
  void hloDependsOnNothing() {
    noClasses()
        .that()
        .resideInAPackage("dev.jacobi.hlo..")
        .should()
        .dependOnClassesThat(jacobiBut("hlo"))
        .orShould()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "dev.jacobi.hlo..", "org.jspecify..")
        .check(main);
  }

  @Test
  void cpuSeesHloOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.jacobi.cpu..")
        .should()
        .dependOnClassesThat(jacobiBut("cpu", "hlo"))
        .check(main);
  }

  @Test
  void pjrtSeesHloOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.jacobi.pjrt..")
        .should()
        .dependOnClassesThat(jacobiBut("pjrt", "hlo"))
        .check(main);
  }

  @Test
  void coreSeesHloOnly() {
    noClasses()
        .that(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.jacobi.cpu..",
            "dev.jacobi.pjrt..",
            "dev.jacobi.bench..",
            "dev.jacobi.cli..",
            "dev.jacobi.examples..")
        .check(main);
  }

  @Test
  void onlyTheCommandLineKnowsItsLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.jacobi.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "jdk.jshell..", "com.sun.source..")
        .check(main);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.jacobi.hlo.(*)..").should().beFreeOfCycles().check(main);
    slices().matching("dev.jacobi.cpu.(*)..").should().beFreeOfCycles().check(main);
    slices().matching("dev.jacobi.cli.(*)..").should().beFreeOfCycles().check(main);
    var core = main.that(CORE);
    slices()
        .matching("dev.jacobi.(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(LAX, DescribedPredicate.alwaysTrue())
        .check(core);
    noClasses().that(CORE.and(not(LAX))).should().dependOnClassesThat(LAX).check(main);
  }

  @Test
  void restrictedCallsStayInFewPackages() {
    noClasses()
        .that()
        .resideOutsideOfPackages(NATIVE.toArray(String[]::new))
        .should()
        .callMethodWhere(
            DescribedPredicate.<JavaCall<?>>describe(
                "the JDK restricts it", call -> isRestricted(call.getTarget())))
        .check(main);
  }

  private static boolean isRestricted(AccessTarget target) {
    return target.getOwner().getPackageName().equals("java.lang.foreign")
        && RESTRICTED.contains(target.getName());
  }

  @Test
  void classesAreAbstractSealedOrFinal() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should(beAbstractOrFinal())
        .check(main);
  }

  private static ArchCondition<JavaClass> beAbstractOrFinal() {
    return new ArchCondition<>("be abstract, sealed or final") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean good =
            type.getModifiers().contains(JavaModifier.ABSTRACT)
                || type.getModifiers().contains(JavaModifier.FINAL)
                || type.reflect().isSealed();
        events.add(new SimpleConditionEvent(type, good, type.getName() + " is neither"));
      }
    };
  }
}
