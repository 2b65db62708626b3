package org.chartkeeper.coding.rule;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Our own list of every rule of the rule book: what must be there, whatever is. */
final class RuleBook {

    static final List<String> DIAGNOSES = Stream.concat(
                    IntStream.rangeClosed(1, 60).mapToObj("DX-%02d"::formatted), Stream.of("EV-01"))
            .toList();

    static final List<String> QUERIES =
            IntStream.rangeClosed(1, 7).mapToObj("QY-%d"::formatted).toList();

    static final List<String> PRESCRIPTIONS = List.of(
            "RX-01", "RX-02", "RX-03", "RX-04", "RX-05", "RX-06", "RX-10", "RX-11", "RX-12", "RX-13", "RX-20", "RX-21",
            "RX-22", "RX-23", "RX-24", "RX-25", "RX-26", "RX-27", "RX-28", "RX-29", "RX-30", "CS-01", "CS-02", "CS-03",
            "CS-04", "CS-05", "CS-06", "CS-07", "CS-08", "CS-09", "CS-10", "CS-11", "AL-01", "AL-02", "AL-03", "AL-04",
            "DT-01", "DT-02", "DD-01", "DD-02", "PG-01", "RN-01", "RC-01");

    private RuleBook() {}
}
