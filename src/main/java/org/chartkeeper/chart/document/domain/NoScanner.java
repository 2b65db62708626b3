package org.chartkeeper.chart.document.domain;

import java.io.InputStream;
import org.chartkeeper.chart.document.MalwareScanner;
import org.jspecify.annotations.Nullable;

/** Stands where no scanner is configured. */
class NoScanner implements MalwareScanner {

    @Override
    public boolean active() {
        return false;
    }

    @Override
    public @Nullable String scan(InputStream content) {
        return null;
    }

    @Override
    public Health health() {
        return new Health(false, false, "off");
    }
}
