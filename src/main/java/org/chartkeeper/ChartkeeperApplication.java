package org.chartkeeper;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** Starts Chartkeeper, as a server or as one of the verbs of its command line. */
// Modules name their classes freely: two may have a SearchService.
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class ChartkeeperApplication {

    /** Serves, or does what the verb among the arguments says and ends with its exit status. */
    public static void main(String[] args) {
        CommandLine.run(args);
    }
}
