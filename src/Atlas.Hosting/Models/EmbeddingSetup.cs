using Atlas.Grains.Meaning;
using Atlas.Learning.Meaning;
using Atlas.Models.Embeddings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atlas.Hosting.Models;

/// <summary>Selects how entries are compared by meaning: with the sentence encoder if its files are there, otherwise by their words.</summary>
internal static class EmbeddingSetup
{
    private const string Folder = "sentence-encoder";

    public static void AddAtlasEmbeddings(this IServiceCollection services, MeaningOptions options)
    {
        if (options.Model is { } named && !SentenceEmbeddings.IsIn(named))
        {
            throw new AtlasSettingsException(
                $"learning.meaning.model is set to the folder '{named}', which does not contain the sentence encoder (vocab.json and group1-shard1of7 to group1-shard7of7). "
                + "Download it with eng/sentence-encoder.sh FOLDER, or remove the setting: entries are then compared by their words.");
        }

        var beside = Path.Combine(AppContext.BaseDirectory, Folder);
        if ((options.Model ?? (SentenceEmbeddings.IsIn(beside) ? beside : null)) is { } folder)
        {
            services.TryAddSingleton(_ => new EntryEmbedder(new SentenceEmbeddings(folder)));
        }
    }
}
