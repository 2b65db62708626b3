package org.chartkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.chartkeeper.testing.ChildProcess;
import org.junit.jupiter.api.Test;

class CommandLineProcessTests {

    @Test
    void an_unknown_verb_is_wrong_usage_and_says_nothing_on_standard_output() throws Exception {
        try (ChildProcess child = ChildProcess.start(ChartkeeperApplication.class, "improt", "fhir")) {
            assertThat(child.exitStatus()).isEqualTo(2);
            assertThat(child.lines()).isEmpty();
        }
    }

    @Test
    void help_lists_the_verbs() throws Exception {
        try (ChildProcess child = ChildProcess.start(ChartkeeperApplication.class, "--help")) {
            assertThat(child.exitStatus()).isZero();
            assertThat(child.lines()).anyMatch(line -> line.startsWith("  import fhir PATH"));
        }
    }
}
