using System.Globalization;
using Atlas.Configuration.Tests.Support;

namespace Atlas.Configuration.Tests;

/// <summary>The bounds as the specification lists them; null means none. Both bounds are inclusive.</summary>
public sealed class BoundsTests : IDisposable
{
    private readonly Workplace _place = new();

    public static TheoryData<string, bool, double?, double?> Bounds { get; } = new()
    {
        { "agent.transport.timeout_seconds", false, 0, null },
        { "agent.transport.retry.attempts", true, 1, 5 },
        { "agent.transport.retry.backoff_seconds", false, 0, null },
        { "agent.llm.temperature", false, 0, 2 },
        { "agent.llm.top_p", false, 0, 1 },
        { "agent.llm.max_output_tokens", true, 1, null },
        { "agent.llm.timeout_seconds", false, 0, null },
        { "teacher.llm.retry.attempts", true, 1, 5 },
        { "learning.llm.temperature", false, 0, 2 },
        { "adaptive_teaching.probe.llm.timeout_seconds", false, 0, null },
        { "agent.metadata_digest.char_budget", true, 1024, null },
        { "agent.metadata_digest.max_plan_steps", true, 0, 20 },
        { "agent.metadata_digest.max_step_summaries", true, 0, 20 },
        { "agent.metadata_digest.max_learning_history_entries", true, 0, 10 },
        { "agent.metadata_digest.max_reward_audit_entries", true, 0, 10 },
        { "agent.metadata_digest.max_section_chars", true, 512, 20000 },
        { "agent.metadata_digest.max_string_chars", true, 128, 4000 },
        { "student.max_plan_tokens", true, 1, null },
        { "student.max_step_tokens", true, 1, null },
        { "student.max_synthesis_tokens", true, 1, null },
        { "teacher.max_review_tokens", true, 1, null },
        { "teacher.plan_cache_seconds", true, 0, null },
        { "teacher.guidance_max_tokens", true, 1, null },
        { "teacher.validation_max_tokens", true, 1, null },
        { "orchestration.max_retries", true, 0, 1 },
        { "orchestration.step_timeout_seconds", false, 0, null },
        { "rim.variance_threshold", false, 0, null },
        { "rim.uncertainty_threshold", false, 0, 1 },
        { "rim.parallel_workers", true, 1, 32 },
        { "adaptive_teaching.learning_history_limit", true, 1, 200 },
        { "adaptive_teaching.probe.evidence_limit", true, 1, 32 },
        { "adaptive_teaching.probe.timeout_seconds", false, 1, null },
        { "adaptive_teaching.probe.thresholds.auto", false, null, 1 },
        { "adaptive_teaching.probe.thresholds.coach", false, 0, null },
        { "adaptive_teaching.reward.timeout_seconds", false, 0, null },
        { "learning.history_limit", true, 1, 200 },
        { "learning.rubric_weights.actionability", false, 0, 1 },
        { "learning.rubric_weights.generality", false, 0, 1 },
        { "learning.rubric_weights.hookability", false, 0, 1 },
        { "learning.rubric_weights.concision", false, 0, 1 },
        { "learning.gates.max_text_length", true, 100, 2000 },
        { "learning.gates.allow_length_overflow_margin", true, 0, 500 },
        { "learning.pruning_config.min_sessions", true, 1, 100 },
        { "learning.pruning_config.min_cue_hit_rate", false, 0, 1 },
        { "learning.pruning_config.min_reward_delta", false, -1, 1 },
        { "learning.pruning_config.min_transfer_sessions", true, 1, 100 },
        { "learning.usage_tracking.max_examples_per_entry", true, 0, 20 },
        { "storage.min_connections", true, 1, null },
        { "storage.statement_timeout_seconds", false, 0, null },
        { "runtime_safety.drift.window", true, 1, 1000 },
        { "runtime_safety.drift.z_threshold", false, 0, null },
        { "runtime_safety.drift.min_baseline", true, 0, 1000 },
        { "runtime_safety.drift.constant_history_floor", false, 0, 1 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void The_bounds_themselves_are_allowed(string path, bool whole, double? minimum, double? maximum)
    {
        foreach (var value in new[] { minimum, maximum }.OfType<double>())
        {
            var check = _place.Check(Sample.For(path).With(path, Text(value)));
            Assert.True(check.IsValid, $"{path} {value} {whole}: {check}");
        }
    }

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Just_outside_the_bounds_is_an_error_that_says_what_is_allowed(string path, bool whole, double? minimum, double? maximum)
    {
        foreach (var value in new[] { minimum - (whole ? 1 : 0.001), maximum + (whole ? 1 : 0.001) }.OfType<double>())
        {
            var error = Assert.Single(_place.Check(Sample.For(path).With(path, Text(value))).Errors);

            Assert.Equal(path, error.Path);
            Assert.StartsWith($"is {Text(value)}, but must be a {(whole ? "whole number" : "number")} ", error.Message, StringComparison.Ordinal);
            Assert.All(new[] { minimum, maximum }.OfType<double>(), bound => Assert.Contains(Text(bound), error.Message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("student.max_plan_tokens", "2147483648")]
    [InlineData("storage.max_connections", "1e12")]
    [InlineData("agent.llm.timeout_seconds", "1e400")]
    public void Numbers_no_machine_could_hold_are_refused(string path, string number)
    {
        var text = Sample.For(path).With(path, "\"@\"").ToJsonString().Replace("\"@\"", number, StringComparison.Ordinal);

        Assert.Equal(path, Assert.Single(_place.Check(text).Errors).Path);
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _place.Dispose();
}
