using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Atlas.Domain;
using Atlas.Learning.Evidence;
using Atlas.Learning.Meaning;
using Atlas.Learning.Redaction;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning</c>: what is learned, what is accepted, and what reaches the prompts.</summary>
public sealed record LearningOptions
{
    /// <summary>False turns learning off: nothing is counted, synthesized or injected.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>False leaves the learning key unchanged. Session notes can still be written.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool UpdateEnabled { get; init; } = true;

    /// <summary>Whether an entry that is not general is kept as provisional; false rejects it. <c>gates.enforce_generality</c> rejects such
    /// an entry regardless of this setting.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ProvisionalAcceptance { get; init; } = true;

    /// <summary>Whether the good entries of a synthesizer's answer are accepted when others fail; false rejects the whole answer.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AcceptPerEntry { get; init; }

    /// <summary>How many past sessions the synthesizer is shown.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 200)]
    public int HistoryLimit { get; init; } = 10;

    /// <summary>How many syntheses by a language model a learning key may have per hour. Sessions beyond that wait for the next hour. 0
    /// means no limit.</summary>
    /// <value>The default is 60.</value>
    [Range(0, 3600)]
    public int SynthesesPerHour { get; init; } = 60;

    /// <summary>After this many seconds without a new session, the waiting sessions are synthesized together, and after fifteen times that
    /// at the latest; 0 means no waiting.</summary>
    /// <value>The default is 0.2.</value>
    [Range(0d, 60d)]
    public double SynthesisQuietSeconds { get; init; } = 0.2;

    /// <summary>Whether the notes on a single session are stored with it.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool SessionNoteEnabled { get; init; } = true;

    /// <summary>False keeps new versions out of the prompts until one is promoted. Their hash and version are still passed along.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ApplyToPrompts { get; init; } = true;

    /// <summary>How often sessions may receive something new.</summary>
    public PublishOptions Publish { get; init; } = new();

    /// <summary>Where in the prompt the playbook goes. Also accepted as <c>injection_mode</c>.</summary>
    /// <value>The default is <see cref="Domain.InjectionMode.Prefix"/>.</value>
    public InjectionMode PlaybookInjectionMode { get; init; } = InjectionMode.Prefix;

    /// <summary>Maximum length of a playbook text in a prompt, in Unicode code points. When a playbook does not fit, whole entries are left
    /// out, the least proven first.</summary>
    /// <value>The default is 1000.</value>
    [Range(16, 100_000)]
    public int PlaybookLimit { get; init; } = 1000;

    /// <summary>The synthesizer's model. If left out, it is <c>teacher.llm</c>, or else <c>agent.llm</c>; an explicit null means
    /// <c>rim.large_model</c>. If none of them is set, or with <c>provider: offline</c>, playbooks are made without a model.</summary>
    /// <value>The default is none: the teacher's, or else the agent's.</value>
    public LlmParameters? Llm { get; init; }

    /// <summary>Texts that replace the built-in ones; null replaces none.</summary>
    public LearningPromptOptions? Prompts { get; init; } = new();

    /// <summary>What an entry may contain.</summary>
    public EntrySchemaOptions Schema { get; init; } = new();

    /// <summary>Weights of the four rubric scores.</summary>
    public RubricWeightOptions RubricWeights { get; init; } = new();

    /// <summary>Which checks an entry must pass.</summary>
    public GateOptions Gates { get; init; } = new();

    /// <summary>Answers that must not appear in any playbook.</summary>
    public LeakGuardOptions LeakGuard { get; init; } = new();

    /// <summary>What happens to secrets and personal data in everything that is stored of sessions. <c>all</c> removes them. <c>digest</c>
    /// stores the records unchanged and only counts and names what was found. <c>off</c> does not look. What synthesizers and judges see is
    /// always redacted.</summary>
    /// <value>The default is <see cref="RedactionMode.All"/>.</value>
    public RedactionMode Redaction { get; init; } = RedactionMode.All;

    /// <summary>Kinds that are not recognized, such as <c>phone</c>. <c>docs/personal-data.md</c> lists all kinds.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<string> RedactionExcept { get; init; } = [];

    /// <summary>When an entry is pruned because of its figures. Applies only without trials (<c>learning.evidence.enabled:
    /// false</c>).</summary>
    public PruningOptions PruningConfig { get; init; } = new();

    /// <summary>How many sessions of different tasks must support an entry written by a model before any session gets it. Most observations
    /// from a single session never recur.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 32)]
    public int Quorum { get; init; } = 2;

    /// <summary>The largest share that sessions of one author may have in a quorum, in what a synthesizer sees, and in the evidence for
    /// what stays: 0.05 to 1, where 1 means no limit. It applies to keys with sessions of more authors than fit into it (more than ten for
    /// 0.1). An author is a caller's credential or API key and, within it, the <c>user_id</c> of the session's metadata.</summary>
    /// <value>The default is 0.1.</value>
    [Range(0.05, 1d)]
    public double AuthorShare { get; init; } = 0.1;

    /// <summary>How entries, versions and learning itself are tried, and how much evidence a decision needs.</summary>
    public EvidenceOptions Evidence { get; init; } = new();

    /// <summary>When two entries count as the same rule in different words.</summary>
    public MeaningOptions Meaning { get; init; } = new();

    /// <summary>Whether cues, adoptions and tokens are counted.</summary>
    public UsageTrackingOptions UsageTracking { get; init; } = new();
}
