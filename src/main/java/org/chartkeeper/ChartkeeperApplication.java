package org.chartkeeper;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Chartkeeper, as a server or as one of the verbs of its command line. */
@SpringBootApplication
public class ChartkeeperApplication {

    /** Serves, or does what the verb among the arguments says and ends with its exit status. */
    public static void main(String[] args) {
        CommandLine.run(args);
    }
}
