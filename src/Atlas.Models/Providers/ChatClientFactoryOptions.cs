using System.Collections.Immutable;
using Atlas.Learning.Options;

namespace Atlas.Models.Providers;

/// <summary>What clients of a <see cref="ChatClientFactory"/> share.</summary>
public sealed record ChatClientFactoryOptions
{
    /// <summary>Limits of every provider that has none of its own.</summary>
    public ProviderLimits Limits { get; init; } = new();

    /// <summary>Limits of single providers.</summary>
    /// <value>The default is none.</value>
    public ImmutableDictionary<LlmProvider, ProviderLimits> LimitsByProvider { get; init; } = ImmutableDictionary<LlmProvider, ProviderLimits>.Empty;

    /// <summary>The options that a configuration's block <c>models</c> asks for.</summary>
    public static ChatClientFactoryOptions Of(ModelOptions models)
    {
        ArgumentNullException.ThrowIfNull(models);
        return new()
        {
            Limits = models.Limits,
            LimitsByProvider = Enum.GetValues<LlmProvider>()
                .Select(provider => (Provider: provider, Limits: models.LimitsByProvider.Of(provider)))
                .Where(own => own.Limits is not null)
                .ToImmutableDictionary(own => own.Provider, own => own.Limits!),
        };
    }

    /// <summary>Reads an environment variable: keys, <c>AWS_REGION</c> and <c>ATLAS_OFFLINE_MODE</c>.</summary>
    /// <value>The default reads those of the process.</value>
    public Func<string, string?> ReadVariable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The clock of time limits and of waits between tries.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
