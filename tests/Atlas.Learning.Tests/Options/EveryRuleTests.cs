using System.Collections.Immutable;
using System.Reflection;
using Atlas.Learning.Evidence;
using Atlas.Learning.Options;
using Xunit;

namespace Atlas.Learning.Tests.Options;

/// <summary>Every key of <c>learning</c> and <c>runtime_safety</c> changes a decision, or it is told where else its effect is. Those of
/// <c>learning.evidence</c> have <see cref="Journal.EveryEvidenceKeyTests"/>.</summary>
public sealed class EveryRuleTests
{
    private static readonly Dictionary<string, Func<Rules, Rules>> Changes = new()
    {
        ["learning.Enabled"] = given => given.With(learning => learning with { Enabled = false }),
        ["learning.UpdateEnabled"] = given => given.With(learning => learning with { UpdateEnabled = false }),
        ["learning.ProvisionalAcceptance"] = given => given.With(learning => learning with { ProvisionalAcceptance = false }),
        ["learning.AcceptPerEntry"] = given => given.With(learning => learning with { AcceptPerEntry = true }),
        ["learning.HistoryLimit"] = given => given.With(learning => learning with { HistoryLimit = 2 }),
        ["learning.SessionNoteEnabled"] = given => given.With(learning => learning with { SessionNoteEnabled = false }),
        ["learning.ApplyToPrompts"] = given => given.With(learning => learning with { ApplyToPrompts = false }),
        ["learning.PlaybookLimit"] = given => given.With(learning => learning with { PlaybookLimit = 40 }),
        ["learning.Schema.Version"] = given => given.WithSchema(schema => schema with { Version = "playbook_entry.v2" }),
        ["learning.Schema.AllowedRuntimeHandles"] = given => given.WithSchema(schema => schema with { AllowedRuntimeHandles = ["logs.tail"] }),
        ["learning.Schema.RuntimeHandlePrefixes"] = given => given.WithSchema(schema => schema with { RuntimeHandlePrefixes = ["logs."] }),
        ["learning.Schema.CueTypes"] = given => given.WithSchema(schema => schema with { CueTypes = ["regex", "keyword", "predicate", "smell"] }),
        ["learning.Schema.DefaultScopeCategory"] = given => given.WithSchema(schema => schema with { DefaultScopeCategory = "reinforcement" }),
        ["learning.Schema.AllowMissingToolMapping"] = given => given.WithSchema(schema => schema with { AllowMissingToolMapping = true }),
        ["learning.RubricWeights.Actionability"] = given => given.WithWeights(weights => weights with { Actionability = 0.9 }),
        ["learning.RubricWeights.Generality"] = given => given.WithWeights(weights => weights with { Generality = 0.9 }),
        ["learning.RubricWeights.Hookability"] = given => given.WithWeights(weights => weights with { Hookability = 0.9 }),
        ["learning.RubricWeights.Concision"] = given => given.WithWeights(weights => weights with { Concision = 0.9 }),
        ["learning.Gates.EnforceActionability"] = given => given.WithGates(gates => gates with { EnforceActionability = false }),
        ["learning.Gates.EnforceCue"] = given => given.WithGates(gates => gates with { EnforceCue = false }),
        ["learning.Gates.EnforceGenerality"] = given => given.WithGates(gates => gates with { EnforceGenerality = true }),
        ["learning.Gates.MaxTextLength"] = given => given.WithGates(gates => gates with { MaxTextLength = 60 }),
        ["learning.Gates.AllowedProperNouns"] = given => given.WithGates(gates => gates with { AllowedProperNouns = ["Casebook"] }),
        ["learning.Gates.BannedIncidentTokens"] = given => given.WithGates(gates => gates with { BannedIncidentTokens = ["queue"] }),
        ["learning.Gates.AllowLengthOverflowMargin"] = given => given.WithGates(gates => gates with { AllowLengthOverflowMargin = 400 }),
        ["learning.LeakGuard.Answers"] = given => given.WithGuard(guard => guard with { Answers = ["look at the backlog"] }),
        ["learning.LeakGuard.FileAnswers"] = given => given.WithGuard(guard => guard with { FileAnswers = ["look at the backlog"] }),
        ["learning.LeakGuard.ShortAnswerLength"] = given => given.WithGuard(guard => guard with { Answers = ["backlog"], ShortAnswerLength = 20 }),
        ["learning.PruningConfig.MinSessions"] = given => given.WithPruning(pruning => pruning with { MinSessions = 100 }),
        ["learning.PruningConfig.MinCueHitRate"] = given => given.WithPruning(pruning => pruning with { MinCueHitRate = 0.9 }),
        ["learning.PruningConfig.MinRewardDelta"] = given => given.WithPruning(pruning => pruning with { MinRewardDelta = 0.5 }),
        ["learning.PruningConfig.MinTransferSessions"] = given => given.WithPruning(pruning => pruning with { MinTransferSessions = 100 }),
        ["learning.UsageTracking.Enabled"] = given => given.WithUsage(usage => usage with { Enabled = false }),
        ["learning.UsageTracking.CaptureExamples"] = given => given.WithUsage(usage => usage with { CaptureExamples = true }),
        ["learning.UsageTracking.MaxExamplesPerEntry"] = given => given.WithUsage(usage => usage with { CaptureExamples = true, MaxExamplesPerEntry = 1 }),
        ["safety.Drift.Window"] = given => given.WithDrift(drift => drift with { Window = 6 }),
        ["safety.Drift.ZThreshold"] = given => given.WithDrift(drift => drift with { ZThreshold = 100 }),
        ["safety.Drift.MinBaseline"] = given => given.WithDrift(drift => drift with { MinBaseline = 40 }),
        ["safety.Drift.ConstantHistoryFloor"] = given => given.WithDrift(drift => drift with { ConstantHistoryFloor = null }),
        ["safety.Review.RequireApproval"] = given => given.WithReview(review => review with { RequireApproval = false }),
        ["safety.Review.DefaultExportStatuses"] = given => given.WithReview(review => review with { DefaultExportStatuses = ["pending"] }),
    };

    /// <summary>Keys that need more than another value to be compared with.</summary>
    private static readonly Dictionary<string, Func<Rules, Rules>> ComparedWith = new()
    {
        ["learning.LeakGuard.ShortAnswerLength"] = given => given.WithGuard(guard => guard with { Answers = ["backlog"] }),
        ["learning.UsageTracking.MaxExamplesPerEntry"] = given => given.WithUsage(usage => usage with { CaptureExamples = true }),
    };

    /// <summary>Keys that no pure decision reads, with the tests that see their effect.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["learning.SynthesesPerHour"] = "The loop beside a key waits by it: the grains' synthesis tests.",
        ["learning.SynthesisQuietSeconds"] = "The loop beside a key waits by it: the grains' synthesis tests.",
        ["learning.Publish.IntervalSeconds"] = "Decides by the clock: PublishingEpochTests, and the grains' synthesis tests.",
        ["learning.PlaybookInjectionMode"] = "Goes with every resolved playbook; the client's InjectionTests see it.",
        ["learning.Evidence"] = "EveryEvidenceKeyTests.",
        ["learning.Quorum"] = "EveryEvidenceKeyTests.",
        ["learning.AuthorShare"] = "PoisoningTests: it limits what one author among many brings about.",
        ["learning.Meaning.Enabled"] = "Whether a model is asked at all: the grains' MeaningTests.",
        ["learning.Meaning.Model"] = "Which model: the silo's EmbeddingTests.",
        ["learning.Meaning.Same"] = "Goes with the vectors: the grains' EntryMeaningsTests, and RuleComparisonTests for what it does.",
        ["learning.Meaning.Merge"] = "MeaningDecisionTests.",
        ["learning.Redaction"] = "Goes before everything that is stored: SessionRedactionTests, and the grains' session tests.",
        ["learning.RedactionExcept"] = "Which recognisers look: RedactorTests, and the configuration's RedactionTests.",
        ["learning.Llm"] = "Which model synthesises: EveryParameterTests and the synthesizer's tests see what it is sent.",
        ["learning.Prompts.Synthesizer"] = "A text for the model; the synthesizer's prompt tests see it.",
        ["learning.LeakGuard.AnswersFile"] = "The loader reads the file into FileAnswers: the configuration's LeakGuardTests.",
        ["safety.Drift.Enabled"] = "The grain of a session asks for no assessment without it: the grains' drift tests.",
        ["safety.Drift.Detector"] = "Chooses between alarm and assessment in LearningRules: the grains' drift tests.",
        ["safety.SessionLeaseSeconds"] = "The lease of a running session: the grains' lease tests and the crash tests of `atlas run`.",
    };

    [Fact]
    public void Every_key_changes_a_decision_or_has_its_effect_elsewhere()
    {
        Assert.Equal(
            Keys("learning", typeof(LearningOptions)).Concat(Keys("safety", typeof(RuntimeSafetyOptions))).Order(StringComparer.Ordinal),
            Changes.Keys.Concat(Elsewhere.Keys).Order(StringComparer.Ordinal));

        var usual = Decisions.Of(new Rules());
        var untried = Decisions.Of(new Rules().WithoutTrials());
        Assert.Equal(usual, Decisions.Of(new Rules()));
        foreach (var (name, change) in Changes)
        {
            // Figures prune only where nothing is tried.
            var isPruning = name.StartsWith("learning.PruningConfig", StringComparison.Ordinal);
            var before = ComparedWith.TryGetValue(name, out var other) ? Decisions.Of(other(new Rules())) : isPruning ? untried : usual;
            Assert.True(before != Decisions.Of(change(isPruning ? new Rules().WithoutTrials() : new Rules())), $"{name} changes no decision.");
        }
    }

    private static IEnumerable<string> Keys(string path, Type block) =>
        from property in block.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.SetMethod is not null
        from key in property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal) && property.PropertyType != typeof(EvidenceOptions)
            ? Keys($"{path}.{property.Name}", property.PropertyType)
            : [$"{path}.{property.Name}"]
        select key;
}
