package org.chartkeeper.coding.rule.diagnosis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.coding.rule.Rule;
import org.chartkeeper.terminology.CodeBook.Standing;
import org.jspecify.annotations.Nullable;

/** What the rules of diagnoses share: their identity and the repairs that several of them offer. */
abstract class DiagnosisRule implements Rule {

    private final String id;
    private final Severity severity;
    private final String source;

    DiagnosisRule(String id, Severity severity, String source) {
        this.id = id;
        this.severity = severity;
        this.source = source;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Severity severity() {
        return severity;
    }

    @Override
    public String source() {
        return source;
    }

    /** Makes a diagnosis the principal or first-listed one; the former one follows it. */
    static Patch first(CaseView coded, Dx chosen) {
        Optional<Dx> former = coded.principal();
        Patch roles = Patch.add(chosen.pointer() + "/role", "principal");
        if (former.isEmpty() || former.get().index() == chosen.index()) {
            return roles;
        }
        Patch swapped = Patch.add(former.get().pointer() + "/role", "secondary").then(roles);
        return chosen.index() > former.get().index()
                ? swapped.then(Patch.move(chosen.pointer(), former.get().pointer()))
                : swapped;
    }

    /** Puts one diagnosis before another that is reported before it now. */
    static Patch before(CaseView coded, Dx one, Dx other) {
        return other.principal() ? first(coded, one) : Patch.move(one.pointer(), other.pointer());
    }

    /** Takes a diagnosis out; null of the principal one, for a case must keep one. */
    static @Nullable Patch without(Dx dx) {
        return dx.principal() ? null : Patch.remove(dx.pointer());
    }

    /** Takes a diagnosis out and, where it is the principal one, puts another in its place. */
    static Patch without(Dx dx, Dx heir) {
        if (!dx.principal()) {
            return Patch.remove(dx.pointer());
        }
        return Patch.add(heir.pointer() + "/role", "principal").then(Patch.remove(dx.pointer()));
    }

    static Patch code(Dx dx, String code) {
        return Patch.replace(dx.pointer() + "/code", code);
    }

    /** Adds a secondary diagnosis at the end. */
    static Patch append(String code) {
        return Patch.add("/diagnoses/-", Map.of("code", code, "role", "secondary"));
    }

    /** Whether the code may be put into the case: valid on its day, or nothing loaded that could tell. */
    static boolean usable(CaseView coded, String code) {
        Standing standing = coded.standing(code);
        return standing == Standing.VALID || standing == Standing.NO_RELEASE;
    }

    /** V00 to Y99. */
    static boolean external(Dx dx) {
        return !dx.code().isEmpty() && "VWXY".indexOf(dx.code().charAt(0)) >= 0;
    }

    /** S00 to T88. */
    static boolean injury(Dx dx) {
        return dx.between("S00", "T88");
    }

    /** A code of pregnancy, childbirth and the puerperium. */
    static boolean obstetric(Dx dx) {
        return dx.code().startsWith("O");
    }

    static final Set<String> INITIAL = Set.of("A", "B", "C");

    /** The seventh character; a blank where there is none. */
    static char seventh(Dx dx) {
        return dx.at(7);
    }

    /** Intent of a code of T36 to T50: 1-4 poisoning, 5 adverse effect, 6 underdosing; a blank of other codes. */
    static char intent(Dx dx) {
        if (!dx.between("T36", "T50")) {
            return ' ';
        }
        char sixth = dx.at(6);
        return sixth == 'X' ? dx.at(5) : sixth;
    }

    static String codes(List<Dx> all) {
        return String.join(", ", all.stream().map(Dx::code).toList());
    }
}
