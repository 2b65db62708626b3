package org.chartkeeper;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.chartkeeper.platform.Open;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.repository.Repository;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RequestMapping;

@AnalyzeClasses(packages = "org.chartkeeper", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    private static final DescribedPredicate<JavaMethod> HANDLERS =
            describe("handlers", method -> method.isMetaAnnotatedWith(RequestMapping.class));

    private static final DescribedPredicate<JavaMethod> PATIENT_HANDLERS =
            describe("handlers with {patient} in their path", ArchitectureTests::namesPatientInPath);

    private static final DescribedPredicate<JavaMethod> NEW_TRANSACTIONS = describe(
            "methods that open a transaction within another",
            method -> propagation(method)
                    .or(() -> propagation(method.getOwner()))
                    .filter(way -> way == Propagation.REQUIRES_NEW || way == Propagation.NESTED)
                    .isPresent());

    @ArchTest
    static final ArchRule entities_stay_in_their_domain = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .or()
            .areAnnotatedWith(Embeddable.class)
            .or()
            .areAnnotatedWith(MappedSuperclass.class)
            .should()
            .bePackagePrivate()
            .andShould()
            .resideInAPackage("..domain..");

    @ArchTest
    static final ArchRule repositories_stay_in_their_domain = classes()
            .that()
            .areAssignableTo(Repository.class)
            .should()
            .bePackagePrivate()
            .andShould()
            .resideInAPackage("..domain..");

    @ArchTest
    static final ArchRule controllers_stay_in_web = classes()
            .that()
            .areMetaAnnotatedWith(Controller.class)
            .should()
            .bePackagePrivate()
            .andShould()
            .resideInAPackage("..web..");

    @ArchTest
    static final ArchRule every_handler_says_what_it_requires =
            methods().that(HANDLERS).should(beAnnotatedWith(Requires.class).or(beAnnotatedWith(Open.class)));

    @ArchTest
    static final ArchRule every_handler_of_a_patient_records_access =
            methods().that(PATIENT_HANDLERS).should(beAnnotatedWith(ShowsPatient.class));

    @ArchTest
    static final ArchRule patients_in_paths_are_called_patient = methods()
            .that(HANDLERS)
            .should(new ArchCondition<>("name a patient in the path {patient}") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    paths(method)
                            .filter(path -> path.matches(".*/patients/\\{(?!patient}).*"))
                            .forEach(path -> events.add(
                                    SimpleConditionEvent.violated(method, method.getFullName() + " maps " + path)));
                }
            });

    @ArchTest
    static final ArchRule domain_knows_no_web = noClasses()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.chartkeeper..web..", "org.springframework.web.bind..", "org.springframework.ui..");

    @ArchTest
    static final ArchRule web_knows_no_domain = noClasses()
            .that()
            .resideInAPackage("..web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.chartkeeper..domain..");

    @ArchTest
    static final ArchRule no_transaction_within_a_transaction =
            noMethods().should(ArchCondition.from(NEW_TRANSACTIONS));

    private static boolean namesPatientInPath(JavaMethod method) {
        return HANDLERS.test(method) && paths(method).anyMatch(path -> path.contains("{patient}"));
    }

    /** The paths of a handler, those of its class before them. */
    private static Stream<String> paths(JavaMethod method) {
        RequestMapping own = AnnotatedElementUtils.findMergedAnnotation(method.reflect(), RequestMapping.class);
        RequestMapping outer =
                AnnotatedElementUtils.findMergedAnnotation(method.getOwner().reflect(), RequestMapping.class);
        if (own == null) {
            return Stream.empty();
        }
        String[] prefixes = outer == null || outer.path().length == 0 ? new String[] {""} : outer.path();
        String[] paths = own.path().length == 0 ? new String[] {""} : own.path();
        return Arrays.stream(prefixes).flatMap(prefix -> Arrays.stream(paths).map(path -> prefix + path));
    }

    private static Optional<Propagation> propagation(CanBeAnnotated element) {
        return element instanceof JavaMethod method
                ? Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(method.reflect(), Transactional.class))
                        .map(Transactional::propagation)
                : Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(
                                ((JavaClass) element).reflect(), Transactional.class))
                        .map(Transactional::propagation);
    }
}
