package cctvout.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** The rules, each for any root package, so that they can be seen to fail. */
final class Rules {

    private static final Pattern RULE_NAME =
            Pattern.compile("\\w*(?:Rule|Rules|CameraCheck|TargetCheck|Parser|Schedule|Sniffer)");

    private static final Pattern SETTINGS_NAME = Pattern.compile("\\w*(?:Settings|Options)");

    private Rules() {}

    static ArchRule packagesAreFreeOfCycles(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    /** Upstream modules know nothing of those that build on them. */
    static ArchRule moduleKnowsNothingOf(String module, String... downstream) {
        return noClasses()
                .that(areIn(List.of(module)))
                .should()
                .dependOnClassesThat(areIn(List.of(downstream)));
    }

    static ArchRule coreIsPure(String root) {
        return classes()
                .that(arePureCore(root))
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.not(
                                DescribedPredicate.describe(
                                        "belong to a reactive, Spring or Netty shell, or a clock",
                                        Rules::isShell)));
    }

    static ArchRule nothingBlocks(String root) {
        DescribedPredicate<JavaClass> publishers =
                assignableTo(Mono.class).or(assignableTo(Flux.class));
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .callMethodWhere(
                        target(
                                        nameMatching(
                                                "block|blockFirst|blockLast|blockOptional|toIterable|toStream"))
                                .and(target(owner(publishers))))
                .orShould()
                .callMethodWhere(
                        target(nameMatching("sleep"))
                                .and(target(owner(assignableTo(Thread.class)))));
    }

    static ArchRule namesSayWhatThingsAre(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager");
    }

    static DescribedPredicate<JavaClass> areIn(List<String> modules) {
        return DescribedPredicate.describe(
                "are in module " + String.join(" or ", modules),
                type -> modules.stream().anyMatch(module -> isIn(module, type)));
    }

    /** By where the class file lies: {@code …/probe-engine/target/classes/} or its jar. */
    static boolean isIn(String module, JavaClass type) {
        return type.getSource().map(source -> inModule(module, source.getUri())).orElse(false);
    }

    private static boolean inModule(String module, URI uri) {
        String text = uri.toString();
        return text.contains("/" + module + "/target/classes/")
                || text.contains("/" + module + "-") && text.contains(".jar!");
    }

    /** What modules tell each other, and what decides; a package's own records may carry more. */
    private static DescribedPredicate<JavaClass> arePureCore(String root) {
        return DescribedPredicate.describe(
                "are public records, enums, sealed interfaces or rules",
                type ->
                        type.getPackageName().startsWith(root)
                                && type.isTopLevelClass()
                                && !SETTINGS_NAME.matcher(type.getSimpleName()).matches()
                                && (isPublicRecord(type)
                                        || type.isEnum()
                                        || isSealed(type)
                                        || RULE_NAME.matcher(type.getSimpleName()).matches()));
    }

    private static boolean isPublicRecord(JavaClass type) {
        return type.isRecord() && type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean isSealed(JavaClass type) {
        return type.isInterface() && type.reflect().isSealed();
    }

    private static boolean isShell(JavaClass type) {
        String name = type.getName();
        return name.startsWith("reactor.")
                || name.startsWith("org.springframework.")
                || name.startsWith("io.netty.")
                || name.equals("java.time.Clock");
    }
}
