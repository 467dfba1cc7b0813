using Atlas.Grains.Spending;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Atlas.Models.Synthesis;
using Atlas.Models.Synthesis.Llm;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atlas.Hosting.Models;

/// <summary>Selects the synthesizer: the configured model, otherwise the offline one.</summary>
internal static class SynthesizerSetup
{
    /// <param name="services">The silo's services.</param>
    /// <param name="model">The synthesizer's model; null if the configuration has none.</param>
    /// <param name="models">The limits for the providers.</param>
    public static void AddAtlasSynthesizer(this IServiceCollection services, LlmParameters? model, ModelOptions models)
    {
        if (model is null or { Provider: LlmProvider.Offline })
        {
            return;
        }

        services.TryAddSingleton(_ => new ChatClientFactory(ChatClientFactoryOptions.Of(models)));
        services.TryAddSingleton(provider => SynthesizerCatalog.Default
            .WithLanguageModel(() => new PaidChatClient(
                provider.GetRequiredService<ChatClientFactory>().Create(model), provider.GetRequiredService<ModelSpending>(), model))
            .Create(new SynthesizerOptions { Provider = LlmSynthesizerCatalogExtensions.LlmProvider }));
    }
}
