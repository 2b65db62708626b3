package org.chartkeeper.coding.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chartkeeper.coding.CodingCases.Told;
import org.chartkeeper.coding.Finding;
import org.jspecify.annotations.Nullable;

/** Puts findings to the lines that they are about and to the answers that were given for them. */
final class Answers {

    private static final Pattern ITEM = Pattern.compile("(diagnoses|procedures|prescriptions)\\[(\\d+)].*");

    private Answers() {}

    static List<Told> told(List<Finding> findings, CaseFacts.Facts facts, List<CaseRows.Answered> answers) {
        Map<String, CaseRows.Answered> given = answers.stream()
                .collect(Collectors.toMap(CaseRows.Answered::finding, Function.identity(), (one, other) -> other));
        List<Told> told = new ArrayList<>();
        for (Finding finding : findings) {
            String key = key(finding, facts);
            CaseRows.Answered answer = given.get(key);
            told.add(new Told(
                    key,
                    finding,
                    line(finding, facts),
                    answer == null ? null : answer.reason(),
                    answer == null ? null : answer.by()));
        }
        return List.copyOf(told);
    }

    /** The line of the case that a finding is about; null for the whole case and for prescriptions. */
    private static @Nullable UUID line(Finding finding, CaseFacts.Facts facts) {
        Matcher item = ITEM.matcher(finding.item());
        if (!item.matches()) {
            return null;
        }
        int at = Integer.parseInt(item.group(2));
        return switch (item.group(1)) {
            case "diagnoses" ->
                at < facts.diagnoses().size() ? facts.diagnoses().get(at) : null;
            case "procedures" ->
                at < facts.procedures().size() ? facts.procedures().get(at) : null;
            default -> null;
        };
    }

    /**
     * Names a finding by its rule, what it is about and what it says, whatever its place: an answer does not hold for
     * another finding, and moving a line takes none away.
     */
    private static String key(Finding finding, CaseFacts.Facts facts) {
        UUID line = line(finding, facts);
        String about = line == null ? finding.item() : line.toString();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((about + "|" + finding.message()).getBytes(StandardCharsets.UTF_8));
            return finding.rule() + "-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
