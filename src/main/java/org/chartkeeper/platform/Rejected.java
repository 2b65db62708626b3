package org.chartkeeper.platform;

import java.util.List;

/** Bad input, refused whole: 422 with a summary of its problems. Nothing was stored. */
public class Rejected extends RuntimeException {

    private final transient List<Problem> problems;

    public Rejected(List<Problem> problems) {
        super(problems.size() + " problems");
        this.problems = List.copyOf(problems);
    }

    public Rejected(String message) {
        this(List.of(Problem.error(null, message)));
    }

    public List<Problem> problems() {
        return problems;
    }
}
