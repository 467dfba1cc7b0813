using System.Text.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Compatibility;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Synthesis;
using Xunit;

namespace Atlas.Learning.Tests.Synthesis;

public sealed class GatesAndRubricTests
{
    private static CandidateEvaluation Evaluate(string candidate, LearningOptions? options = null, params string[] handles)
    {
        var chosen = options ?? new LearningOptions();
        var entry = CandidateNormaliser.Normalise(JsonElement.Parse(candidate), chosen.Schema, new Dictionary<string, PlaybookEntry>());
        return new EntryGates(chosen, new HandleList(chosen.Schema, handles.Length == 0 ? ["metrics.query"] : handles), ReferenceRules.None).Evaluate(entry);
    }

    [Theory]
    [InlineData("Check the queue", null, null)]
    [InlineData("Handle the lowercase variant", "banned_token:case", null)]
    [InlineData("Use build 2024 notes", "contains_date", "contains_date")]
    [InlineData("Port 1999", "contains_date", "contains_date")]
    [InlineData("12024 items", null, null)]
    [InlineData("in case the disk fails", "banned_token:case", "contains_incident_reference")]
    [InlineData("Open ticket-42", "banned_token:ticket", "contains_incident_reference")]
    [InlineData("Read /srv/app/main.py first", "contains_specific_file_path", "contains_specific_file_path")]
    [InlineData("edit src/app/main.py now", null, null)]
    [InlineData("Fix ~/notes.md please", "contains_specific_file_path", "contains_specific_file_path")]
    public void The_generality_filter_finds_what_is_too_specific(string imperative, string? byDefault, string? withPostmortemOnly)
    {
        var entry = new PlaybookEntry { Cue = new EntryCue { Pattern = "queue" }, Action = new EntryAction { Imperative = imperative } };
        Assert.Equal(byDefault, GeneralityFilter.Objection(entry, new GateOptions()));
        Assert.Equal(withPostmortemOnly, GeneralityFilter.Objection(entry, new GateOptions { BannedIncidentTokens = ["postmortem"] }));
    }

    [Fact]
    public void A_name_that_is_allowed_may_contain_a_banned_token()
    {
        var entry = new PlaybookEntry { Action = new EntryAction { Imperative = "Open Casebook before replying" } };
        Assert.Equal("banned_token:case", GeneralityFilter.Objection(entry, new GateOptions()));
        Assert.Null(GeneralityFilter.Objection(entry, new GateOptions { AllowedProperNouns = ["Casebook"] }));
        Assert.NotNull(GeneralityFilter.Objection(entry, new GateOptions { AllowedProperNouns = ["Case"] }));
    }

    [Theory]
    [InlineData("regex", "queue.*stuck", "metrics.query", 1.0)]
    [InlineData("predicate", "queue", "metrics.query", 0.92)]
    [InlineData("keyword", "queue", "metrics.query", 0.88)]
    [InlineData("keyword", "queue", "unknown", 0.48)]
    [InlineData("regex", "(unclosed", "metrics.query", 0.8)]
    public void The_total_is_the_sum_of_weighted_scores(string type, string pattern, string handle, double total) =>
        Assert.Equal(total, Evaluate(Build.Candidate(pattern: pattern, type: type, handle: handle)).Rubric.WeightedTotal, 9);

    [Fact]
    public void A_long_entry_loses_concision_beyond_the_margin()
    {
        var candidate = Build.Candidate(pattern: "queue.*stuck", type: "regex", imperative: new string('x', 500));
        var strict = new LearningOptions { Gates = new GateOptions { AllowLengthOverflowMargin = 0 } };
        Assert.Equal(0.7143, Evaluate(candidate, strict).Rubric.Scores["concision"]);
        Assert.Equal(0.97143, Evaluate(candidate, strict).Rubric.WeightedTotal, 9);
        Assert.Equal(0.7619, Evaluate(candidate).Rubric.Scores["concision"]);
        Assert.Equal(1, Evaluate(candidate, new LearningOptions { Gates = new GateOptions { AllowLengthOverflowMargin = 120 } }).Rubric.Scores["concision"]);
    }

    [Fact]
    public void Weights_are_brought_to_a_sum_of_one_with_four_decimals()
    {
        var weights = Rubric.Weights(new RubricWeightOptions { Actionability = 1, Generality = 1, Hookability = 1, Concision = 0 });
        Assert.Equal([0.3333, 0, 0.3333, 0.3333], weights.Values);
        Assert.All(Rubric.Weights(new RubricWeightOptions { Actionability = -1, Generality = 0, Hookability = 0, Concision = 0 }).Values, weight => Assert.Equal(0, weight));
    }

    [Theory]
    [InlineData(1, 31, 0.0312)]
    [InlineData(3, 29, 0.0938)]
    public void A_tie_is_rounded_to_the_even_digit(double first, double second, double share)
    {
        var weights = Rubric.Weights(new RubricWeightOptions { Actionability = first, Generality = second, Hookability = 0, Concision = 0 });
        Assert.Equal(share, weights["actionability"]);
    }

    [Theory]
    [InlineData("METRICS.Query", "")]
    [InlineData(" metrics.query ", "")]
    [InlineData("logs.tail", "runtime handle missing")]
    [InlineData(null, "runtime handle missing")]
    public void A_tool_must_be_one_the_agent_has(string? handle, string problem) =>
        Assert.Equal(
            problem.Length == 0 ? [] : ["actionability_gate:" + problem],
            Evaluate(Build.Candidate(handle: handle)).Rubric.FailureReasons);

    [Fact]
    public void Prefixes_are_literal_beginnings_in_any_case()
    {
        var options = new LearningOptions { Schema = new EntrySchemaOptions { RuntimeHandlePrefixes = ["Logs."] } };
        Assert.Empty(Evaluate(Build.Candidate(handle: "logs.tail"), options).Rubric.FailureReasons);
        var withStar = new LearningOptions { Schema = new EntrySchemaOptions { RuntimeHandlePrefixes = ["logs.*"] } };
        Assert.NotEmpty(Evaluate(Build.Candidate(handle: "logs.tail"), withStar).Rubric.FailureReasons);
        Assert.Contains("'logs.'", Assert.Single(OptionAdvice.For(withStar)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_without_tools_needs_none()
    {
        var options = new LearningOptions();
        var entry = CandidateNormaliser.Normalise(JsonElement.Parse(Build.Candidate(handle: null)), options.Schema, new Dictionary<string, PlaybookEntry>());
        Assert.Equal(Verdict.Accepted, new EntryGates(options, new HandleList(options.Schema, []), ReferenceRules.None).Evaluate(entry).Verdict);
    }

    [Fact]
    public void A_text_is_a_candidate_with_only_an_imperative()
    {
        var entry = CandidateNormaliser.Normalise(JsonElement.Parse("\"Check logs\""), new EntrySchemaOptions(), new Dictionary<string, PlaybookEntry>());
        Assert.Equal("playbook-entry-609b754cc0ef", entry.Id);
        Assert.Equal("Check logs", entry.Action.Imperative);
    }

    [Fact]
    public void Ids_are_derived_from_what_an_entry_says()
    {
        var entry = new PlaybookEntry
        {
            Audience = "student",
            Cue = new EntryCue { Type = "keyword", Pattern = "retry budget" },
            Action = new EntryAction { Imperative = "Check the retry budget first", RuntimeHandle = "metrics.query" },
            Scope = new EntryScope { Constraints = "Only for queue consumers" },
        };
        Assert.Equal("playbook-entry-4ec9ea173e7d", EntryIds.Derive(entry));
        Assert.Equal("playbook-entry-756514a3231d", EntryIds.Derive(new PlaybookEntry { Cue = new EntryCue { Type = "" } }));
    }

    [Fact]
    public void A_candidate_takes_the_audience_of_the_entry_it_renews()
    {
        var known = new Dictionary<string, PlaybookEntry> { ["e"] = Build.Entry("e", audience: "teacher") };
        Assert.Equal("teacher", CandidateNormaliser.Normalise(JsonElement.Parse(Build.Candidate("e")), new EntrySchemaOptions(), known).Audience);
    }

    [Fact]
    public void Alternative_names_are_read()
    {
        var entry = CandidateNormaliser.Normalise(
            Build.Json("{'why':' because ','cue':{'regex':'a+','text':'t','type':'REGEX'},'action':{'tool':'x.y','params':{'p':1}},'scope':{'kind':'Reinforcement ','applies_to':'all'}}"),
            new EntrySchemaOptions(),
            new Dictionary<string, PlaybookEntry>());
        Assert.Equal("because", entry.ExpectedEffect);
        Assert.Equal(("regex", "a+", "t"), (entry.Cue.Type, entry.Cue.Pattern, entry.Cue.Description));
        Assert.Equal(("x.y", "x.y"), (entry.Action.RuntimeHandle, entry.Action.ToolName));
        Assert.Equal(1, entry.Action.Arguments["p"].GetInt32());
        Assert.Equal(("reinforcement", "all"), (entry.Scope.Category, entry.Scope.AppliesWhen));
        Assert.Null(entry.Extra);
    }
}
