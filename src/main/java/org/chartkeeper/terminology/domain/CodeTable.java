package org.chartkeeper.terminology.domain;

import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.chartkeeper.terminology.CodeBook.Concept;
import org.chartkeeper.terminology.CodeBook.Standing;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;

/**
 * The codes of one system in all its loaded releases, in memory.
 *
 * <p>A release of ICD-10 speaks for its fiscal year. Where the release of the next year is not loaded, the next one that
 * is speaks for the time between: a code that it has no more, or only as a heading, has ended with the year of the last
 * release that had it; a code that it has first begins with it, or on the day that a conversion table tells.
 */
final class CodeTable {

    /** First day of systems whose releases say nothing about days. */
    static final LocalDate ALWAYS = LocalDate.of(1900, 1, 1);

    /** What releases say of a code from one day to before another; the end is null where it goes on. */
    record Version(
            String code,
            String title,
            String shortTitle,
            boolean billable,
            String detail,
            LocalDate start,
            @Nullable LocalDate end,
            String release) {

        boolean holds(LocalDate on) {
            return !start.isAfter(on) && (end == null || end.isAfter(on));
        }
    }

    private final CodeSystem system;
    private final NavigableMap<LocalDate, String> releases;
    private final String[] codes;
    private final int[] first;
    private final Version[] versions;

    /**
     * @param said what releases say, since and until their first days
     * @param begun days that conversion tables tell, by code
     */
    CodeTable(CodeSystem system, Map<LocalDate, String> releases, List<Version> said, Map<String, LocalDate> begun) {
        this.system = system;
        this.releases = Collections.unmodifiableNavigableMap(new TreeMap<>(releases));
        List<Version> sorted = new ArrayList<>(said);
        sorted.sort(Comparator.comparing(Version::code).thenComparing(Version::start));
        List<Version> effective = new ArrayList<>(sorted.size());
        List<String> names = new ArrayList<>();
        List<Integer> firsts = new ArrayList<>();
        Version before = null;
        for (Version version : sorted) {
            boolean goesOn = before != null && before.code.equals(version.code);
            if (!goesOn) {
                names.add(version.code);
                firsts.add(effective.size());
            }
            effective.add(effective(version, goesOn ? before : null, begun.get(version.code)));
            before = version;
        }
        firsts.add(effective.size());
        this.codes = names.toArray(String[]::new);
        this.first = firsts.stream().mapToInt(Integer::intValue).toArray();
        this.versions = effective.toArray(Version[]::new);
    }

    private boolean yearly() {
        return system == CodeSystem.ICD10CM || system == CodeSystem.ICD10PCS;
    }

    private static boolean undated(CodeSystem system) {
        return system == CodeSystem.DRUG
                || system == CodeSystem.VACCINE
                || system == CodeSystem.LOINC
                || system == CodeSystem.SNOMED;
    }

    /** The day behind the fiscal year of a release. */
    private static LocalDate behind(LocalDate release) {
        return LocalDate.of(release.getYear() + (release.getMonth().compareTo(Month.OCTOBER) >= 0 ? 1 : 0), 10, 1);
    }

    /**
     * The first day of a release's fiscal year. Where the oldest release is an update within its year, it speaks for the
     * months before it too: an update changes a handful of codes, and nothing else is loaded that could.
     */
    private static LocalDate opening(LocalDate release) {
        return behind(release).minusYears(1);
    }

    private Version effective(Version said, @Nullable Version before, @Nullable LocalDate begun) {
        LocalDate start = said.start;
        LocalDate end = said.end;
        LocalDate earlier = releases.lowerKey(start);
        if (yearly() && earlier != null && behind(earlier).isBefore(start)) {
            LocalDate gap = behind(earlier);
            if (before != null && start.equals(before.end)) {
                start = gap;
            } else if (begun != null && begun.isBefore(start)) {
                start = begun.isBefore(gap) ? gap : begun;
            }
        }
        if (undated(system) && earlier == null) {
            start = ALWAYS;
        }
        if (yearly() && earlier == null) {
            LocalDate opening = opening(start);
            if (begun == null || !begun.isAfter(opening)) {
                start = opening;
            } else if (begun.isBefore(start)) {
                start = begun;
            }
        }
        if (yearly() && end != null) {
            LocalDate last = releases.lowerKey(end);
            if (last != null && behind(last).isBefore(end)) {
                end = behind(last);
            }
        }
        LocalDate own = ownEnd(said.detail);
        if (own != null && (end == null || own.isBefore(end))) {
            end = own.isAfter(start) ? own : start.plusDays(1);
        }
        return new Version(
                said.code,
                said.title,
                said.shortTitle,
                said.billable,
                said.detail,
                start,
                end,
                releases.getOrDefault(said.start, said.release));
    }

    /** HCPCS tells of each code when it ends: the first day on which it is no more. */
    private @Nullable LocalDate ownEnd(String detail) {
        if (system != CodeSystem.HCPCS) {
            return null;
        }
        String[] parts = detail.split("\\|", -1);
        return parts.length == 3 && !parts[2].isEmpty()
                ? LocalDate.parse(parts[2]).plusDays(1)
                : null;
    }

    boolean isEmpty() {
        return codes.length == 0;
    }

    int size() {
        return codes.length;
    }

    String code(int at) {
        return codes[at];
    }

    /** Position of a code without dot; below zero where there is none. */
    int at(String code) {
        return Arrays.binarySearch(codes, code);
    }

    /** What the releases say of a code, the oldest first. */
    List<Version> versions(int at) {
        return Arrays.asList(versions).subList(first[at], first[at + 1]);
    }

    @Nullable
    Version version(int at, LocalDate on) {
        for (int i = first[at + 1] - 1; i >= first[at]; i--) {
            if (versions[i].holds(on)) {
                return versions[i];
            }
        }
        return null;
    }

    /** The release in force; null before the first. */
    Map.@Nullable Entry<LocalDate, String> release(LocalDate on) {
        if (releases.isEmpty()) {
            return null;
        }
        LocalDate oldest = releases.firstKey();
        boolean before = on.isBefore(oldest);
        return before && (undated(system) || yearly() && !on.isBefore(opening(oldest)))
                ? releases.firstEntry()
                : releases.floorEntry(on);
    }

    NavigableMap<LocalDate, String> releases() {
        return releases;
    }

    Standing standing(String code, LocalDate on) {
        if (release(on) == null) {
            return Standing.NO_RELEASE;
        }
        int at = at(code);
        if (at < 0) {
            return Standing.UNKNOWN;
        }
        Version version = version(at, on);
        if (version != null) {
            return version.billable ? Standing.VALID : Standing.HEADING;
        }
        return versions(at).stream().anyMatch(one -> !one.start.isAfter(on)) ? Standing.ENDED : Standing.NOT_YET;
    }

    /** The code as it is on the day, or its last form before, or its first after; null for an unknown one. */
    @Nullable
    Concept concept(String code, LocalDate on) {
        int at = at(code);
        return at < 0 ? null : concept(at, on);
    }

    Concept concept(int at, LocalDate on) {
        Version chosen = version(at, on);
        List<Version> all = versions(at);
        if (chosen == null) {
            chosen = all.get(0);
            for (Version version : all) {
                if (!version.start.isAfter(on)) {
                    chosen = version;
                }
            }
        }
        return concept(chosen, all);
    }

    /** The day it begins and the one it ends, over versions that differ in their titles alone. */
    private Concept concept(Version chosen, List<Version> all) {
        int at = all.indexOf(chosen);
        int from = at;
        while (from > 0
                && all.get(from - 1).billable == chosen.billable
                && all.get(from).start.equals(all.get(from - 1).end)) {
            from--;
        }
        int to = at;
        while (to + 1 < all.size()
                && all.get(to + 1).billable == chosen.billable
                && all.get(to + 1).start.equals(all.get(to).end)) {
            to++;
        }
        LocalDate end = all.get(to).end;
        return new Concept(
                system,
                IcdCode.written(system, chosen.code),
                chosen.title,
                chosen.billable,
                all.get(from).start,
                end == null ? null : end.minusDays(1),
                chosen.release);
    }

    /** The longest beginning of the code that is itself a code on the day; below zero where there is none. */
    int above(String code, LocalDate on) {
        for (int length = code.length() - 1; length >= 2; length--) {
            int at = at(code.substring(0, length));
            if (at >= 0 && version(at, on) != null) {
                return at;
            }
        }
        return -1;
    }

    /** Positions of the codes directly below, on the day. */
    List<Integer> below(String code, LocalDate on) {
        List<Integer> found = new ArrayList<>();
        int at = Arrays.binarySearch(codes, code);
        int next = at < 0 ? -at - 1 : at + 1;
        for (int i = next; i < codes.length && codes[i].startsWith(code); i++) {
            if (version(i, on) != null) {
                int parent = above(codes[i], on);
                if (parent >= 0 && codes[parent].equals(code)) {
                    found.add(i);
                }
            }
        }
        return found;
    }
}
