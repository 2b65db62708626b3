package org.chartkeeper.coding.rule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chartkeeper.coding.BadCase;
import org.chartkeeper.coding.CaseJson;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.DrugBook;
import org.jspecify.annotations.Nullable;

/**
 * Runs rules over cases. A repair is offered only where it was tried: the case with it applied must not make the rule
 * speak again, nor any other rule that was silent before.
 */
public final class Checker {

    /** So many repairs of one rule are joined at most to make it silent. */
    private static final int JOINED = 12;

    private final List<Rule> rules;
    private final Map<String, Rule> byId;
    private final CodeBook codes;
    private final DrugBook drugs;

    public Checker(List<Rule> rules, CodeBook codes, DrugBook drugs) {
        this.rules = List.copyOf(rules);
        this.byId = this.rules.stream().collect(Collectors.toMap(Rule::id, rule -> rule));
        this.codes = codes;
        this.drugs = drugs;
    }

    /** The findings of a case, in the order of the rules. */
    public List<Finding> check(CodingCase coded, LocalDate today) {
        CodeBook once = new RememberedBook(codes);
        DrugBook known = new RememberedDrugs(drugs);
        List<Finding> found = run(coded, once, known, today);
        Map<String, Integer> before = errors(found);
        List<Finding> proved = new ArrayList<>();
        for (Finding finding : found) {
            proved.add(
                    finding.repair() == null
                            ? finding
                            : with(finding, prove(coded, once, known, today, finding, before)));
        }
        return List.copyOf(proved);
    }

    private List<Finding> run(CodingCase coded, CodeBook once, DrugBook known, LocalDate today) {
        CaseView view = new CaseView(coded, once, known, today);
        List<Finding> found = new ArrayList<>();
        for (Rule rule : rules) {
            found.addAll(said(rule, view));
        }
        return found;
    }

    private static List<Finding> said(Rule rule, CaseView view) {
        Report report = new Report(rule);
        rule.check(view, report);
        return report.findings();
    }

    private @Nullable Patch prove(
            CodingCase coded,
            CodeBook once,
            DrugBook known,
            LocalDate today,
            Finding finding,
            Map<String, Integer> before) {
        Rule rule = java.util.Objects.requireNonNull(byId.get(finding.rule()));
        CodingCase patched = coded;
        Patch next = finding.repair();
        Patch whole = null;
        try {
            for (int joined = 0; next != null && joined < JOINED; joined++) {
                patched = CaseJson.apply(patched, next);
                whole = whole == null ? next : whole.then(next);
                List<Finding> again = said(rule, new CaseView(patched, once, known, today)).stream()
                        .filter(one -> finding.severity() == Severity.I || one.severity() != Severity.I)
                        .toList();
                if (again.isEmpty()) {
                    return worse(before, errors(run(patched, once, known, today))) ? null : whole;
                }
                next = again.get(0).repair();
            }
        } catch (BadCase misfit) {
            return null;
        }
        return null;
    }

    private static Map<String, Integer> errors(List<Finding> findings) {
        Map<String, Integer> counts = new HashMap<>();
        for (Finding finding : findings) {
            if (finding.severity() != Severity.I) {
                counts.merge(finding.rule(), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static boolean worse(Map<String, Integer> before, Map<String, Integer> after) {
        return after.entrySet().stream().anyMatch(entry -> entry.getValue() > before.getOrDefault(entry.getKey(), 0));
    }

    private static Finding with(Finding finding, @Nullable Patch repair) {
        return new Finding(
                finding.rule(),
                finding.severity(),
                finding.item(),
                finding.message(),
                finding.source(),
                finding.facts(),
                repair);
    }
}
