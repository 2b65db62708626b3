package org.chartkeeper.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a handler that shows or changes data of the patient whose id is the path variable {@code patient}. Before it
 * runs, access is decided and recorded in the audit trail in a transaction of its own: a hidden patient answers 404 like
 * one who does not exist, one without care relation leads to the page that asks for a reason.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ShowsPatient {

    /** Which section is shown, as the audit trail names it: {@code summary}, {@code medications}, {@code update}. */
    String value();

    /** False where registration data alone are shown, for which a chart's care relation is not asked. */
    boolean chart() default true;
}
