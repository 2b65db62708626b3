package org.chartkeeper.chart.document.domain;

import java.util.List;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;

/** Says why a file is not taken in. */
final class Refusal {

    private Refusal() {}

    static Rejected of(String reason) {
        return new Rejected(List.of(Problem.error("file", reason)));
    }
}
