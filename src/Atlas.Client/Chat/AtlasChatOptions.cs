using System.ComponentModel.DataAnnotations;
using Atlas.Domain;
using Atlas.Learning.Options;
using Microsoft.Extensions.AI;

namespace Atlas.Client.Chat;

/// <summary>How <c>UseAtlas</c> brings playbooks into a chat and sessions into Atlas.</summary>
public sealed class AtlasChatOptions
{
    /// <summary>Whose playbook is injected: <c>student</c> or <c>teacher</c>.</summary>
    /// <value>The default is <c>student</c>.</value>
    [RegularExpression("student|teacher")]
    public string Role { get; set; } = "student";

    /// <summary>Name of the agent, for sessions that name none; part of a derived learning key.</summary>
    /// <value>The default is null: <c>agent</c>.</value>
    public string? Agent { get; set; }

    /// <summary>The learning key of sessions that name none, and of calls outside of any session.</summary>
    /// <value>The default is null: sessions derive theirs, and a call outside of a session gets no playbook.</value>
    public string? LearningKey { get; set; }

    /// <summary>Where the playbook stands in the prompt.</summary>
    /// <value>The default is null: as the cluster is configured.</value>
    public InjectionMode? InjectionMode { get; set; }

    /// <summary>Most tokens that the playbook's text may take; a longer one is shortened, section by section.</summary>
    /// <value>The default is null: as long as the cluster gives it.</value>
    [Range(1, int.MaxValue)]
    public int? MaxPlaybookTokens { get; set; }

    /// <summary>Counts the tokens of a text.</summary>
    /// <value>The default is null: as the <c>o200k_base</c> encoding does.</value>
    public Func<string, int>? CountTokens { get; set; }

    /// <summary>Marks the cache breakpoint for providers that want it marked: it gets a copy of the last content of the stable
    /// prefix, never the application's own. For Anthropic's package: <c>content =&gt; content.WithCacheControl(Ttl.Ttl5m)</c>;
    /// for others, set what they read from <see cref="AIContent.AdditionalProperties"/> or <see cref="AIContent.RawRepresentation"/>.</summary>
    /// <remarks>Only with <see cref="Learning.Options.InjectionMode.Suffix"/>: a prefix has nothing stable before it. Since
    /// <see cref="ChatOptions.Instructions"/> are a text that can carry no mark, they are sent as the first system message then.</remarks>
    /// <value>The default is null: OpenAI and Gemini cache a prefix that stays the same without being told.</value>
    public Action<AIContent>? MarkBreakpoint { get; set; }

    /// <summary>How long starting a session or resolving a playbook may hold a chat up before it goes on without Atlas.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the first session may wait for a connection that is being made since the pipeline was built.</summary>
    /// <remarks>Where there is no cluster, the try to connect ends sooner, and so does the wait.</remarks>
    /// <value>The default is 15 seconds; never less than <see cref="Patience"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ConnectPatience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long the chat goes on without asking Atlas, after it was held up twice in vain. Zero: it asks each time.</summary>
    /// <value>The default is 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan PauseAfterOutage { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Seconds without a word after which an open session is closed as failed, unless its start names another number;
    /// 0 means never. Longer than a runtime's, because people pause.</summary>
    /// <value>The default is 86 400: a day.</value>
    [Range(0, 604_800)]
    public int LeaseSeconds { get; set; } = 86_400;

    /// <summary>Whether the last known playbook is kept on disk for when the cluster cannot be reached.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CacheOnDisk { get; set; } = true;

    /// <summary>The folder of that cache.</summary>
    /// <value>The default is null: as in <see cref="AtlasClientOptions.CacheDirectory"/>.</value>
    public string? CacheDirectory { get; set; }

    /// <summary>Most events of a session that wait in memory while they cannot be stored; later ones are dropped, and logged.</summary>
    /// <value>The default is 10 000.</value>
    [Range(1, 1_000_000)]
    public int MaxWaitingEvents { get; set; } = 10_000;

    /// <summary>Whether cues and adoptions are counted.</summary>
    public UsageTrackingOptions UsageTracking { get; set; } = new();
}
