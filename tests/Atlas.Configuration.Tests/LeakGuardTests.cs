using Atlas.Configuration.Tests.Support;

namespace Atlas.Configuration.Tests;

/// <summary>The list of answers that no playbook may hold: written in the configuration, in a file of its own, or both.</summary>
public sealed class LeakGuardTests : IDisposable
{
    private readonly Workplace _place = new() { Profile = ConfigurationProfile.Cluster };

    [Theory]
    [InlineData("answers.txt", "ORD-1\r\n\r\n  the bridge  \n")]
    [InlineData("answers.json", """["ORD-1", "", "  the bridge  "]""")]
    public void A_file_is_read_from_where_the_configuration_lies(string name, string text)
    {
        _place.File(name, text);

        var guard = _place.Load($"learning:\n  leak_guard:\n    answers: [\"42\"]\n    answers_file: {name}\n").Learning.LeakGuard;

        Assert.Equal(["42", "ORD-1", "  the bridge  "], guard.AllAnswers);
    }

    [Theory]
    [InlineData("missing.txt", "there is no such file.")]
    [InlineData("broken.json", "it must be a JSON list of texts, as in [\"first answer\", \"second answer\"].")]
    public void A_file_that_cannot_be_read_is_told(string name, string why)
    {
        _place.File("broken.json", """{"answers": []}""");

        Assert.Equal(
            $"atlas.yaml:3: learning.leak_guard.answers_file is \"{name}\", which cannot be read: {why}",
            _place.TheError($"learning:\n  leak_guard:\n    answers_file: {name}\n"));
    }

    [Fact]
    public void A_file_without_answers_is_told_as_a_warning()
    {
        _place.File("empty.txt", "\n\n");

        var check = _place.Check("learning:\n  leak_guard:\n    answers_file: empty.txt\n");

        Assert.True(check.IsValid);
        Assert.Contains("has no effect", Assert.Single(check.Warnings).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_of_the_file_are_not_shown_among_the_values()
    {
        _place.File("answers.txt", "ORD-10427");

        var check = _place.Check("learning:\n  leak_guard:\n    answers_file: answers.txt\n");

        Assert.DoesNotContain(check.Values, value => value.ToString().Contains("10427", StringComparison.Ordinal));
    }

    [Fact]
    public void Limits_of_a_provider_take_the_place_of_the_general_ones()
    {
        var models = _place.Load("models:\n  limits: { calls_per_minute: 600 }\n  limits_by_provider:\n    azure-openai: { max_concurrent_calls: 2 }\n").Models;

        Assert.Equal((600, null), (models.Limits.CallsPerMinute, models.LimitsByProvider.AzureOpenAI!.CallsPerMinute));
        Assert.Equal(2, models.LimitsByProvider.AzureOpenAI.MaxConcurrentCalls);
    }

    [Fact]
    public void Limits_of_an_unknown_provider_are_refused() => Assert.Equal(
        "atlas.yaml:2: models.limits_by_provider.acme is not a known key; the known keys here are openai, anthropic, azure-openai, bedrock, gemini, xai.",
        _place.TheError("models:\n  limits_by_provider: { acme: { calls_per_minute: 6 } }\n"));

    [Fact]
    public void The_beginning_of_a_name_leads_to_the_whole_one() => Assert.Contains(
        "did you mean azure-openai", _place.TheError("models:\n  limits_by_provider: { azure: { calls_per_minute: 6 } }\n"), StringComparison.Ordinal);

    public void Dispose() => _place.Dispose();
}
