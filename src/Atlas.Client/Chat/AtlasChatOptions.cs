using System.ComponentModel.DataAnnotations;
using Atlas.Domain;
using Atlas.Learning.Options;
using Microsoft.Extensions.AI;

namespace Atlas.Client.Chat;

/// <summary>Options for how <c>UseAtlas</c> injects playbooks and records sessions.</summary>
public sealed class AtlasChatOptions
{
    /// <summary>Gets or sets the role whose playbook is injected: <c>student</c> or <c>teacher</c>.</summary>
    /// <value>The default is <c>student</c>.</value>
    [RegularExpression("student|teacher")]
    public string Role { get; set; } = "student";

    /// <summary>Gets or sets the agent's name for sessions that name none. It is part of a derived learning key.</summary>
    /// <value>The default is null: <c>agent</c>.</value>
    public string? Agent { get; set; }

    /// <summary>Gets or sets the learning key for sessions that name none, and for calls outside a session.</summary>
    /// <value>The default is null: a session derives its key, and a call outside a session gets no playbook.</value>
    public string? LearningKey { get; set; }

    /// <summary>Gets or sets where the playbook goes in the prompt.</summary>
    /// <value>The default is null: as configured in the cluster.</value>
    public InjectionMode? InjectionMode { get; set; }

    /// <summary>Gets or sets the largest number of tokens of the playbook's text. A longer text loses whole entries, the least proven
    /// first.</summary>
    /// <remarks>A preface that takes more than half of the tokens is shortened first, to what the entries leave of them, but not below that
    /// half. Only a text that still does not fit without any entry is shortened as a whole.</remarks>
    /// <value>The default is null: the length that the cluster returns.</value>
    [Range(1, int.MaxValue)]
    public int? MaxPlaybookTokens { get; set; }

    /// <summary>Gets or sets the function that counts the tokens of a text.</summary>
    /// <value>The default is null: the <c>o200k_base</c> encoding.</value>
    public Func<string, int>? CountTokens { get; set; }

    /// <summary>Gets or sets the action that marks the cache breakpoint for providers that need a mark. It receives a copy of the last
    /// content of the stable prefix, never the application's own. For Anthropic's package:
    /// <c>content =&gt; content.WithCacheControl(Ttl.Ttl5m)</c>; for others, set what they read from
    /// <see cref="AIContent.AdditionalProperties"/> or <see cref="AIContent.RawRepresentation"/>.</summary>
    /// <remarks>Applies only to <see cref="Learning.Options.InjectionMode.Suffix"/>, because nothing stable precedes a prefix.
    /// <see cref="ChatOptions.Instructions"/> are plain text that cannot be marked, so they are sent as the first system message
    /// instead.</remarks>
    /// <value>The default is null: OpenAI and Gemini cache a stable prefix without a mark.</value>
    public Action<AIContent>? MarkBreakpoint { get; set; }

    /// <summary>Gets or sets how long a chat waits for a session to start or a playbook to resolve before it continues without Atlas.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long the first session waits for the connection that has been in progress since the pipeline was built.</summary>
    /// <remarks>If there is no cluster, the attempt to connect fails sooner and ends the wait.</remarks>
    /// <value>The default is 15 seconds; never less than <see cref="Patience"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ConnectPatience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets how long the chat continues without asking Atlas after it waited twice in vain. With zero, it asks every time.</summary>
    /// <value>The default is 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan PauseAfterOutage { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets the seconds of inactivity after which an open session is closed as failed, unless the session's start sets
    /// another number; 0 means never. The default is longer than a runtime's, because people pause.</summary>
    /// <value>The default is 86,400: one day.</value>
    [Range(0, 604_800)]
    public int LeaseSeconds { get; set; } = 86_400;

    /// <summary>Gets or sets a value indicating whether the last known playbook is kept on disk for use while the cluster is unreachable.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CacheOnDisk { get; set; } = true;

    /// <summary>Gets or sets the folder of that cache.</summary>
    /// <value>The default is null: as in <see cref="AtlasClientOptions.CacheDirectory"/>.</value>
    public string? CacheDirectory { get; set; }

    /// <summary>Gets or sets the largest number of events of a session that wait in memory while they cannot be stored. Later events are
    /// dropped and logged.</summary>
    /// <value>The default is 10,000.</value>
    [Range(1, 1_000_000)]
    public int MaxWaitingEvents { get; set; } = 10_000;

    /// <summary>Gets or sets whether cues, adoptions and tokens are counted. If not, the session stores no <c>learning_usage</c>.</summary>
    public UsageTrackingOptions UsageTracking { get; set; } = new();
}
