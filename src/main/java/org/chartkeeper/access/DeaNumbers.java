package org.chartkeeper.access;

import java.util.List;
import java.util.regex.Pattern;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/**
 * Under which number of the Drug Enforcement Administration a practitioner prescribes controlled substances at a facility (21
 * CFR 1306.05(a)).
 */
public interface DeaNumbers {

    /** Two letters, the first one of a registrant, or 9 for the second, and seven digits; a hospital's adds its own code. */
    Pattern SHAPE = Pattern.compile("[ABCDEFGHJKLMPRSTUX][A-Z9]\\d{7}(?:-[A-Za-z0-9]{1,20})?");

    /** Practitioners of a facility by name, with their numbers there. */
    List<Registered> registered(FacilityId facility);

    /**
     * States the numbers at a facility; versioned and recorded. Who is not named stays as it is.
     *
     * @throws org.chartkeeper.platform.Rejected where a number is none, is another's, or was changed by somebody else
     */
    void register(FacilityId facility, List<Change> changes);

    /**
     * Whether the last of seven digits is right: it is the last one of the first, third and fifth, added, and twice the
     * second, fourth and sixth.
     */
    static boolean checked(String digits) {
        int odd = at(digits, 0) + at(digits, 2) + at(digits, 4);
        int even = at(digits, 1) + at(digits, 3) + at(digits, 5);
        return (odd + 2 * even) % 10 == at(digits, 6);
    }

    private static int at(String digits, int place) {
        return digits.charAt(place) - '0';
    }

    /** A practitioner and the number; null where there is none. */
    record Registered(
            PractitionerId practitioner,
            String name,
            @Nullable String npi,
            @Nullable String number) {}

    /**
     * A number as typed.
     *
     * @param number blank where there is none
     * @param was as it stood when the page was opened
     */
    record Change(PractitionerId practitioner, String number, String was) {}
}
