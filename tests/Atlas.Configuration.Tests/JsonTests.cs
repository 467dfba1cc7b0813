using Atlas.Configuration.Checking;
using Atlas.Configuration.Tests.Support;

namespace Atlas.Configuration.Tests;

public sealed class JsonTests : IDisposable
{
    private readonly Workplace _place = new() { Profile = ConfigurationProfile.Cluster };

    [Fact]
    public void The_same_configuration_in_json_has_the_same_values()
    {
        using var agent = new Workplace();
        var yaml = agent.Check(Sample.Text("ledger-bot.yaml"));
        var json = agent.Check(Sample.Text("ledger-bot.json"), "atlas.json");

        Assert.True(json.IsValid, json.ToString());
        Assert.Equal(
            yaml.Values.Select(value => $"{value.Path} = {value.Value.GetRawText()} {value.Source.Kind}"),
            json.Values.Select(value => $"{value.Path} = {value.Value.GetRawText()} {value.Source.Kind}"));
    }

    [Fact]
    public void Errors_in_json_name_line_and_key() => Assert.Equal(
        "atlas.json:4: learning.history_limit is 500, but must be a whole number from 1 to 200.",
        _place.TheError("{\n  // as in appsettings.json, comments are allowed\n  \"learning\": {\n    \"history_limit\": 500,\n  }\n}", "atlas.json"));

    [Fact]
    public void The_place_of_a_json_value_has_line_and_column()
    {
        var check = _place.Check("{\n  \"learning\": { \"history_limit\": 7 }\n}", "atlas.json");

        var source = Assert.Single(check.Values, value => value.Path == "learning.history_limit").Source;
        Assert.Equal((2, 34), (source.Line, source.Column));
    }

    [Theory]
    [InlineData("{ \"learning\": ", 1)]
    [InlineData("{\n \"learning\": { history: 1 }\n}", 2)]
    [InlineData("{}\n{}", 2)]
    public void Broken_json_is_told_with_its_line(string json, int line) =>
        Assert.StartsWith($"atlas.json:{line}: this is not valid JSON: ", _place.TheError(json, "atlas.json"), StringComparison.Ordinal);

    [Fact]
    public void A_key_that_comes_twice_is_an_error() =>
        Assert.EndsWith("is set twice, first at atlas.json:1; remove one of the two.", _place.TheError("{ \"learning\": {},\n \"learning\": {} }", "atlas.json"), StringComparison.Ordinal);

    [Fact]
    public void Nesting_without_end_is_refused() => Assert.StartsWith(
        "atlas.json:1: ",
        _place.TheError("{ \"metadata\": { \"a\": " + new string('[', 50_000) + new string(']', 50_000) + " } }", "atlas.json"),
        StringComparison.Ordinal);

    [Fact]
    public void Host_settings_give_their_section_atlas_in_their_own_spelling()
    {
        var configuration = _place.Load("""
            {
              "Logging": { "LogLevel": { "Default": "Information" } },
              "Atlas": {
                "Learning": { "HistoryLimit": 12, "Gates": { "BannedIncidentTokens": [ "outage" ] }, "Llm": { "Model": "m", "AdditionalHeaders": { "X-Team": "a" } } },
                "RuntimeSafety": { "Drift": { "z_threshold": 2 } },
              }
            }
            """, "appsettings.json");

        Assert.Equal(12, configuration.Learning.HistoryLimit);
        Assert.Equal(["outage"], configuration.Learning.Gates.BannedIncidentTokens);
        Assert.Equal("a", configuration.Learning.Llm!.AdditionalHeaders["X-Team"]);
        Assert.Equal(2, configuration.RuntimeSafety.Drift.ZThreshold);
    }

    [Fact]
    public void Unknown_keys_in_the_section_of_host_settings_are_errors_all_the_same() => Assert.Equal(
        "appsettings.json:2: learning.HistoryLimits is not a known key; did you mean history_limit?",
        _place.TheError("{\n \"Atlas\": { \"Learning\": { \"HistoryLimits\": 12 } } }", "appsettings.json"));

    [Fact]
    public void Host_settings_without_the_section_hold_the_defaults() =>
        Assert.All(_place.Check("{ \"Logging\": {} }", "appsettings.json").Values, value => Assert.Equal(ValueSource.Default, value.Source));

    public void Dispose() => _place.Dispose();
}
