package org.chartkeeper.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The application's clock in tests: the real time until a test sets it; real again after each test. */
public class TestClock extends Clock {

    private volatile @Nullable Instant fixed;

    /** Stops the clock at a moment. */
    public void setTo(Instant moment) {
        fixed = moment;
    }

    /** Moves a stopped clock on, or stops the real one that much ahead. */
    public void advance(Duration duration) {
        fixed = instant().plus(duration);
    }

    /** Lets it run again. */
    public void reset() {
        fixed = null;
    }

    @Override
    public Instant instant() {
        Instant moment = fixed;
        return moment == null ? Instant.now() : moment;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        TestClock outer = this;
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return outer.withZone(other);
            }

            @Override
            public Instant instant() {
                return outer.instant();
            }
        };
    }
}
