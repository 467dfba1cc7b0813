using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Atlas.Models.Synthesis;
using Atlas.Models.Synthesis.Llm;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atlas.Silo.Models;

/// <summary>Chooses the synthesizer: the configured model, else the one that needs none.</summary>
internal static class SynthesizerSetup
{
    /// <param name="services">The silo's services.</param>
    /// <param name="model">The model that <c>learning.llm</c> names; null if none is written there.</param>
    /// <param name="models">How hard the providers are used.</param>
    public static void AddAtlasSynthesizer(this IServiceCollection services, LlmParameters? model, ModelOptions models)
    {
        if (model is null or { Provider: LlmProvider.Offline })
        {
            return;
        }

        services.TryAddSingleton(_ => new ChatClientFactory(ChatClientFactoryOptions.Of(models)));
        services.TryAddSingleton(provider => SynthesizerCatalog.Default
            .WithLanguageModel(() => provider.GetRequiredService<ChatClientFactory>().Create(model))
            .Create(new SynthesizerOptions { Provider = LlmSynthesizerCatalogExtensions.LlmProvider }));
    }

    /// <summary>Makes the synthesizer now, so that a model that cannot work is told at the start and not at the first synthesis.</summary>
    /// <exception cref="ModelException">The key's variable is not set, or provider, model and address do not fit together.</exception>
    public static void EnsureSynthesizer(this IServiceProvider services) => services.GetRequiredService<ISynthesizer>();
}
