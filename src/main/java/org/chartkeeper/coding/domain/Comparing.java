package org.chartkeeper.coding.domain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;

/**
 * What two coders gave for one case, side by side: the codes, which diagnosis is first, and of codes that both gave what
 * goes with them. The discharge disposition is not among it: it comes from the visit and is coded by neither.
 */
final class Comparing {

    static final String CODE = "code";
    static final String PRINCIPAL = "principal";
    static final String POA = "poa";
    static final Set<String> DETAILS = Set.of("modifiers", "units", "day", "times");

    private final List<ReviewRows.Line> lines = new ArrayList<>();

    private Comparing() {}

    /** @param poa whether presence on admission is reported of the case */
    static List<ReviewRows.Line> lines(List<CodeEntity> coder, List<CodeEntity> reviewer, boolean poa) {
        Comparing comparing = new Comparing();
        comparing.codes(coder, reviewer);
        if (poa) {
            comparing.poa(coder, reviewer);
        }
        comparing.services(coder, reviewer);
        return List.copyOf(comparing.lines);
    }

    /** An element as a sentence names it. */
    static String name(String element) {
        return switch (element) {
            case PRINCIPAL -> "the first diagnosis";
            case POA -> "presence on admission";
            case "times" -> "how often";
            default -> element;
        };
    }

    // Codes -----------------------------------------------------------------------------------------------------------

    /**
     * First diagnoses face each other; every other code faces itself. Where one coder's first diagnosis is among the other's
     * secondary ones, the codes face themselves and which is first is a question of its own.
     */
    private void codes(List<CodeEntity> coder, List<CodeEntity> reviewer) {
        CodeEntity first = principal(coder);
        CodeEntity second = principal(reviewer);
        boolean sequence = first != null
                && second != null
                && !first.code.equals(second.code)
                && (secondary(reviewer, first.code) || secondary(coder, second.code));
        if (first != null || second != null) {
            add(CodeEntity.DIAGNOSIS, sequence ? PRINCIPAL : CODE, null, code(first), code(second), true);
        }
        for (String section : List.of(CodeEntity.DIAGNOSIS, CodeEntity.PROCEDURE)) {
            Set<String> theirs = codes(coder, section, sequence);
            Set<String> mine = codes(reviewer, section, sequence);
            Set<String> all = new LinkedHashSet<>(theirs);
            all.addAll(mine);
            for (String each : all) {
                add(section, CODE, null, theirs.contains(each) ? each : null, mine.contains(each) ? each : null, false);
            }
        }
    }

    private static @Nullable CodeEntity principal(List<CodeEntity> coded) {
        return coded.stream()
                .filter(line -> "principal".equals(line.role))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String code(@Nullable CodeEntity line) {
        return line == null ? null : line.code;
    }

    private static boolean secondary(List<CodeEntity> coded, String code) {
        return coded.stream().anyMatch(line -> "secondary".equals(line.role) && line.code.equals(code));
    }

    private static Set<String> codes(List<CodeEntity> coded, String section, boolean withFirst) {
        return coded.stream()
                .filter(line -> line.section.equals(section))
                .filter(line -> withFirst || !"principal".equals(line.role))
                .map(line -> line.code)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    // What goes with them ---------------------------------------------------------------------------------------------

    private void poa(List<CodeEntity> coder, List<CodeEntity> reviewer) {
        Map<String, CodeEntity> mine = claimed(reviewer);
        claimed(coder).forEach((code, line) -> {
            CodeEntity other = mine.get(code);
            if (other != null) {
                value(line, POA, said(line), said(other));
            }
        });
    }

    /** Diagnoses of the claim: an admitting diagnosis and a reason for the visit have no indicator. */
    private static Map<String, CodeEntity> claimed(List<CodeEntity> coded) {
        return coded.stream()
                .filter(line -> "principal".equals(line.role) || "secondary".equals(line.role))
                .collect(Collectors.toMap(
                        line -> line.code, Function.identity(), (one, same) -> one, LinkedHashMap::new));
    }

    /** Exempt, and nothing said of an exempt code, are the same. */
    private static @Nullable String said(CodeEntity line) {
        return "E".equals(line.poa) ? null : line.poa;
    }

    private void services(List<CodeEntity> coder, List<CodeEntity> reviewer) {
        Map<String, List<CodeEntity>> mine = services(reviewer);
        services(coder).forEach((code, theirs) -> {
            List<CodeEntity> others = mine.getOrDefault(code, List.of());
            if (others.isEmpty()) {
                return;
            }
            if (theirs.size() != others.size()) {
                value(theirs.get(0), "times", String.valueOf(theirs.size()), String.valueOf(others.size()));
            }
            for (int i = 0; i < Math.min(theirs.size(), others.size()); i++) {
                CodeEntity one = theirs.get(i);
                CodeEntity other = others.get(i);
                value(one, "modifiers", modifiers(one), modifiers(other));
                if (one.units != null || other.units != null) {
                    value(one, "units", units(one), units(other));
                }
                value(one, "day", day(one), day(other));
            }
        });
    }

    private static Map<String, List<CodeEntity>> services(List<CodeEntity> coded) {
        return coded.stream()
                .filter(line -> !line.diagnosis())
                .collect(Collectors.groupingBy(line -> line.code, LinkedHashMap::new, Collectors.toList()));
    }

    private static @Nullable String modifiers(CodeEntity line) {
        return line.modifiers.isEmpty() ? null : line.modifiers.replace(',', ' ');
    }

    /** A service without a number is one. */
    private static @Nullable String units(CodeEntity line) {
        return line.codeSystem() == CodeSystem.ICD10PCS
                ? null
                : Optional.ofNullable(line.units)
                        .orElse(BigDecimal.ONE)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static @Nullable String day(CodeEntity line) {
        return line.doneOn == null ? null : line.doneOn.format(CaseFacts.DAY);
    }

    /** Where neither said anything there is nothing to compare. */
    private void value(CodeEntity line, String element, @Nullable String coder, @Nullable String reviewer) {
        if (Stream.of(coder, reviewer).anyMatch(Objects::nonNull)) {
            add(line.section, element, line.code, coder, reviewer, false);
        }
    }

    private void add(
            String section,
            String element,
            @Nullable String about,
            @Nullable String coder,
            @Nullable String reviewer,
            boolean principal) {
        lines.add(new ReviewRows.Line(
                lines.size() + 1,
                section,
                element,
                about,
                coder,
                reviewer,
                principal,
                Objects.equals(coder, reviewer) ? "both" : null,
                null));
    }
}
