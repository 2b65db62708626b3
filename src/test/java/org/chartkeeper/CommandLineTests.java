package org.chartkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chartkeeper.platform.CommandLineVerb;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

@ChartkeeperTest
class CommandLineTests {

    @Autowired
    ObjectProvider<CommandLineVerb> verbs;

    @Test
    void without_a_verb_it_serves() {
        assertThat(CommandLine.read("--server.port=8181"))
                .contains(new CommandLine("serve", List.of(), List.of("--server.port=8181")));
    }

    @Test
    void settings_may_stand_anywhere_and_other_options_belong_to_the_verb() {
        assertThat(CommandLine.read(
                        "import",
                        "--chartkeeper.data-dir=/x",
                        "fhir",
                        "a.json",
                        "--source",
                        "HOSP",
                        "--json",
                        "--spring.x.y=z"))
                .contains(new CommandLine(
                        "import fhir",
                        List.of("a.json", "--source", "HOSP", "--json"),
                        List.of("--chartkeeper.data-dir=/x", "--spring.x.y=z")));
    }

    @Test
    void an_unknown_verb_is_none() {
        assertThat(CommandLine.read("improt", "fhir", "a.json")).isEmpty();
        assertThat(CommandLine.read("import")).isEmpty();
    }

    @Test
    void the_usage_text_names_every_verb_that_there_is() {
        List<String> implemented = verbs.stream().map(CommandLineVerb::words).toList();
        assertThat(CommandLine.verbs()).contains("serve").containsAll(implemented);
    }
}
