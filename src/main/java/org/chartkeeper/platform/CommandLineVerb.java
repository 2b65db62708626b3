package org.chartkeeper.platform;

import java.io.PrintStream;
import java.util.List;

/** A verb of the command line, such as {@code import fhir}. Beans of this type are found by the words they answer to. */
public interface CommandLineVerb {

    /** One or two words: {@code verify}, {@code import fhir}. */
    String words();

    /** One line for the usage text. */
    String usage();

    /**
     * Does the work. Standard output holds what was asked for and, with {@code --json}, one JSON document and nothing
     * else; everything else goes to standard error.
     *
     * @param arguments what follows the verb's words
     * @return 0 where the work was done, 1 where something was refused or found broken, 2 for wrong usage
     */
    int run(List<String> arguments, PrintStream out, PrintStream err) throws Exception;
}
