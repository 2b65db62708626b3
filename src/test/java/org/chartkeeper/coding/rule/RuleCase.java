package org.chartkeeper.coding.rule;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which rule a test method shows at work: the test of the rule book counts a rule as tested by these alone. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(RuleCases.class)
public @interface RuleCase {

    /** The rule as the rule book has it: DX-05. */
    String rule();

    /** Whether the test has a case in which the rule speaks; where not, one in which it stays quiet. */
    boolean fires();
}
