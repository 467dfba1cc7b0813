using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Atlas.Domain;
using Atlas.Learning.Evidence;
using Atlas.Learning.Redaction;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning</c> of the configuration: what is learned, what is accepted, what reaches the prompts.</summary>
public sealed record LearningOptions
{
    /// <summary>False bypasses learning altogether: nothing is counted, synthesised or injected.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>False leaves the learning key as it is; session notes can still be written.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool UpdateEnabled { get; init; } = true;

    /// <summary>Whether an entry that is not general is kept as provisional; false rejects it. With
    /// <c>gates.enforce_generality</c> such an entry is rejected in any case.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ProvisionalAcceptance { get; init; } = true;

    /// <summary>Whether the good entries of an answer are accepted when others fail; false refuses the whole answer.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AcceptPerEntry { get; init; }

    /// <summary>How many past sessions the synthesizer is shown.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 200)]
    public int HistoryLimit { get; init; } = 10;

    /// <summary>Syntheses by a language model that one learning key may have in an hour; what is left over waits for the next
    /// hour. 0 means any number.</summary>
    /// <value>The default is 60.</value>
    [Range(0, 3600)]
    public int SynthesesPerHour { get; init; } = 60;

    /// <summary>Seconds without a new session after which those that wait are synthesised together, within fifteen times as
    /// many at most; 0 does not wait.</summary>
    /// <value>The default is 0.2.</value>
    [Range(0d, 60d)]
    public double SynthesisQuietSeconds { get; init; } = 0.2;

    /// <summary>Whether the notes on a single session are stored with it.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool SessionNoteEnabled { get; init; } = true;

    /// <summary>False keeps new versions out of the prompts until one is promoted; hash and version still travel.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ApplyToPrompts { get; init; } = true;

    /// <summary>Where the playbook stands in a prompt. Also accepted as <c>injection_mode</c>.</summary>
    /// <value>The default is <see cref="Domain.InjectionMode.Prefix"/>.</value>
    public InjectionMode PlaybookInjectionMode { get; init; } = InjectionMode.Prefix;

    /// <summary>Largest length of a playbook text in a prompt, in Unicode code points; where there is no room, whole entries are left out, the least proven first.</summary>
    /// <value>The default is 1000.</value>
    [Range(16, 100_000)]
    public int PlaybookLimit { get; init; } = 1000;

    /// <summary>The synthesizer's model. Left out, it is <c>teacher.llm</c>, else <c>agent.llm</c>; an explicit null means
    /// <c>rim.large_model</c>. Without any of them, and with <c>provider: offline</c>, playbooks are made without a model.</summary>
    /// <value>The default is none: the teacher's, else the agent's.</value>
    public LlmParameters? Llm { get; init; }

    /// <summary>Texts that take the place of our own; null for none.</summary>
    public LearningPromptOptions? Prompts { get; init; } = new();

    /// <summary>What an entry may contain.</summary>
    public EntrySchemaOptions Schema { get; init; } = new();

    /// <summary>Shares of the four rubric scores.</summary>
    public RubricWeightOptions RubricWeights { get; init; } = new();

    /// <summary>Which checks an entry must pass.</summary>
    public GateOptions Gates { get; init; } = new();

    /// <summary>Answers that no playbook may hold.</summary>
    public LeakGuardOptions LeakGuard { get; init; } = new();

    /// <summary>What becomes of secrets and of what tells who a person is, in everything that is stored of sessions: <c>all</c> takes it
    /// out, <c>digest</c> leaves the records as they came and only counts and names what was found, <c>off</c> does not look. What
    /// synthesizers and judges are shown is redacted in any case.</summary>
    /// <value>The default is <see cref="RedactionMode.All"/>.</value>
    public RedactionMode Redaction { get; init; } = RedactionMode.All;

    /// <summary>Kinds that are not recognised, such as <c>phone</c>; <c>docs/operations.md</c> lists all of them.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<string> RedactionExcept { get; init; } = [];

    /// <summary>When an entry is pruned for its figures, where nothing is tried (<c>learning.evidence.enabled: false</c>).</summary>
    public PruningOptions PruningConfig { get; init; } = new();

    /// <summary>Sessions of different tasks that must support an entry which a model wrote before any session is given it. What only
    /// one session says is mostly never seen again.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 32)]
    public int Quorum { get; init; } = 2;

    /// <summary>How entries, versions and learning itself are tried, and what a decision takes.</summary>
    public EvidenceOptions Evidence { get; init; } = new();

    /// <summary>Whether cues and adoptions are counted.</summary>
    public UsageTrackingOptions UsageTracking { get; init; } = new();
}
