using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Alerting;

/// <summary>The block <c>alerts</c>: who is told when a learning key raises an alarm. Alarms are also in the log, the metric
/// <c>atlas.evidence.alarms</c>, <c>atlas status</c> and the console.</summary>
public sealed record AlertOptions
{
    /// <summary>Where alarms are posted.</summary>
    /// <value>The default is none.</value>
    public AlertWebhookOptions? Webhook { get; init; }

    /// <summary>Address under which operators open the console. Alerts then contain a link to the page of the key.</summary>
    /// <value>The default is none: alerts contain no link.</value>
    [RegularExpression(@"^https?://[^\s?#@]+$", ErrorMessage = "must be an absolute http or https address without user, query or fragment")]
    public string? ConsoleUrl { get; init; }
}
