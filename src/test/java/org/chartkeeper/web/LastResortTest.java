package org.chartkeeper.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.sql.SQLException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.resource.ResourceUrlProvider;
import tools.jackson.databind.json.JsonMapper;

/** The page that needs neither session nor database. */
class LastResortTest {

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private Document page(FilterChain chain) throws Exception {
        new LastResort(
                        new FailureAnswers(JsonMapper.builder().build()),
                        new StaticListableBeanFactory().getBeanProvider(ResourceUrlProvider.class))
                .doFilter(new MockHttpServletRequest("GET", "/patients"), response, chain);
        return Jsoup.parse(response.getContentAsString());
    }

    @Test
    void a_session_that_cannot_be_read_becomes_the_page_of_a_lost_database() throws Exception {
        Document page = page((request, answer) -> {
            throw new ServletException(new IllegalStateException(new SQLException("Whitfield", "57P01")));
        });
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("30");
        assertThat(page.select("h1").text()).isEqualTo("The database does not answer");
        assertThat(page.text()).contains("Nothing that you typed is lost").doesNotContain("Whitfield");
        assertThat(page.select("#reference").text()).isEqualTo(response.getHeader("X-Reference"));
        assertThat(page.html()).doesNotContain("{");
    }

    @Test
    void any_other_fault_of_a_filter_becomes_a_page_that_tells_nothing() throws Exception {
        Document page = page((request, answer) -> {
            throw new IllegalStateException("Whitfield");
        });
        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(page.html()).doesNotContain("Whitfield");
        assertThat(response.getHeader("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void an_answer_that_is_on_its_way_is_not_written_over() {
        assertThatThrownBy(() -> page((request, answer) -> {
                    answer.flushBuffer();
                    throw new IllegalStateException("late");
                }))
                .isInstanceOf(IllegalStateException.class);
    }
}
