package org.chartkeeper.terminology;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * A place where codes are in use and have to be replaced when they end: problem lists, orders, favorites. Each module
 * that holds such a place gives one bean of it; a release's page asks all of them.
 */
public interface CodeUse {

    /** Uses of one code above this number are not counted. */
    int MOST = 501;

    /** As pages name it, in the plural: "Problems". */
    String what();

    /**
     * How often each code is used in what is still open, {@value #MOST} at most; a code that is not used is left out. To
     * who may open charts it counts what that person may open, to others everything, for they learn of nobody. One
     * statement, in the caller's transaction.
     *
     * @param codes as their system writes them: ICD-10-CM with the dot
     */
    Map<String, Integer> counts(Actor actor, CodeSystem system, Collection<String> codes);

    /**
     * The uses that the actor may open, at most {@code limit}; empty for who may open no chart. One statement, in the
     * caller's transaction.
     */
    List<Use> uses(Actor actor, CodeSystem system, Collection<String> codes, int limit);

    /**
     * A use.
     *
     * @param patient whose it is, null where it is nobody's
     * @param path of the page where it can be changed
     */
    record Use(String code, String title, @Nullable PatientId patient, String path) {}
}
