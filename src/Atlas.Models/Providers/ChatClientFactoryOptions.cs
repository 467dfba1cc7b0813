using System.Collections.Immutable;
using Atlas.Learning.Options;

namespace Atlas.Models.Providers;

/// <summary>Options that the clients of a <see cref="ChatClientFactory"/> share.</summary>
public sealed record ChatClientFactoryOptions
{
    /// <summary>Gets the limits of providers without their own.</summary>
    public ProviderLimits Limits { get; init; } = new();

    /// <summary>Gets the limits of individual providers.</summary>
    /// <value>The default is empty.</value>
    public ImmutableDictionary<LlmProvider, ProviderLimits> LimitsByProvider { get; init; } = ImmutableDictionary<LlmProvider, ProviderLimits>.Empty;

    /// <summary>Creates the options from the block <c>models</c> of a configuration.</summary>
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

    /// <summary>Gets the function that reads an environment variable: keys, <c>AWS_REGION</c> and <c>ATLAS_OFFLINE_MODE</c>.</summary>
    /// <value>The default reads those of the process.</value>
    public Func<string, string?> ReadVariable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Gets the clock for time limits and for the waits between attempts.</summary>
    /// <value>The default is the system clock.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
