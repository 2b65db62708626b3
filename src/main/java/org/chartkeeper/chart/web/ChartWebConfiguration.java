package org.chartkeeper.chart.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives every page of a patient its banner. */
@Configuration
class ChartWebConfiguration implements WebMvcConfigurer {

    private final BannerInterceptor banner;

    ChartWebConfiguration(BannerInterceptor banner) {
        this.banner = banner;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(banner);
    }
}
