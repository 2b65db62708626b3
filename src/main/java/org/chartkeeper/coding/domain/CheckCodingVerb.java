package org.chartkeeper.coding.domain;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.coding.BadCase;
import org.chartkeeper.coding.CaseJson;
import org.chartkeeper.coding.CaseJson.Checked;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCheck;
import org.chartkeeper.platform.CommandLineVerb;
import org.springframework.stereotype.Component;

/** {@code check coding FILE|- [--json]}; the answer is JSON in any case. */
@Component
class CheckCodingVerb implements CommandLineVerb {

    private static final int REFUSED = 1;
    private static final int WRONG_USAGE = 2;

    private final CodingCheck check;

    CheckCodingVerb(CodingCheck check) {
        this.check = check;
    }

    @Override
    public String words() {
        return "check coding";
    }

    @Override
    public String usage() {
        return "check coding FILE|- [--json]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        List<String> files = new ArrayList<>(arguments);
        files.remove("--json");
        if (files.size() != 1 || files.get(0).startsWith("--")) {
            err.println(files.isEmpty() ? "name a file, or - for standard input" : "one file at a time");
            return WRONG_USAGE;
        }
        String file = files.get(0);
        boolean standardInput = file.equals("-");
        if (!standardInput && !Files.isRegularFile(Path.of(file))) {
            err.println("cannot read " + file);
            return WRONG_USAGE;
        }
        List<CodingCase> cases;
        try {
            cases = CaseJson.read(standardInput ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file)));
        } catch (BadCase refused) {
            err.println(refused.getMessage());
            return REFUSED;
        }
        List<Checked> checked = new ArrayList<>();
        for (CodingCase coded : cases) {
            checked.add(new Checked(coded.id(), check.check(coded)));
        }
        out.println(CaseJson.answer(checked));
        return 0;
    }
}
