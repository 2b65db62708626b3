package org.chartkeeper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Chartkeeper, as a server or as one of the verbs of its command line. */
@SpringBootApplication
public class ChartkeeperApplication {

    public static void main(String[] args) {
        SpringApplication.run(ChartkeeperApplication.class, args);
    }
}
