package org.chartkeeper;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * Starts Chartkeeper, as a server or as one of the verbs of its command line. Beans are named by their whole class name,
 * so that two modules may both have a class of one short name.
 */
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class ChartkeeperApplication {

    /** Serves, or does what the verb among the arguments says and ends with its exit status. */
    public static void main(String[] args) {
        CommandLine.run(args);
    }
}
