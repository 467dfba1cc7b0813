using System.Text.Json;
using Atlas.Grains.Meaning;
using Atlas.Hosting;
using Atlas.Models.Embeddings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Atlas.Grains.Tests.Host;

/// <summary>What a silo compares entries with.</summary>
public sealed class EmbeddingTests
{
    [Fact]
    public async Task A_silo_takes_the_model_of_its_program_else_the_folder_that_is_named_else_words()
    {
        var folder = Directory.CreateTempSubdirectory("encoder").FullName;
        foreach (var name in Enumerable.Range(1, 7).Select(number => $"group1-shard{number}of7").Append("vocab.json"))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), "[]");
        }

        var own = new WordEmbeddings();
        await using var programs = Silo(folder, silo => silo.UseEmbeddings(_ => own));
        await using var named = Silo(folder, _ => { });
        await using var words = Silo(null, _ => { });

        Assert.Same(own, programs.GetRequiredService<EntryEmbedder>().Generator);
        Assert.IsType<SentenceEmbeddings>(named.GetRequiredService<EntryEmbedder>().Generator);
        // Where the encoder was fetched, builds put it beside the program.
        var isBeside = SentenceEmbeddings.IsIn(Path.Combine(AppContext.BaseDirectory, "sentence-encoder"));
        Assert.IsType(isBeside ? typeof(SentenceEmbeddings) : typeof(WordEmbeddings), words.GetRequiredService<EntryEmbedder>().Generator);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_folder_without_the_model_is_refused_with_a_sentence()
    {
        var wrong = Assert.Throws<AtlasSettingsException>(() => Silo("/no/such/folder", _ => { }));

        Assert.Contains("learning.meaning.model", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("eng/sentence-encoder.sh", wrong.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Silo(string? folder, Action<AtlasSiloBuilder> configure)
    {
        var file = Path.GetTempFileName() + ".json";
        File.WriteAllText(file, JsonSerializer.Serialize(new { learning = new { meaning = new { model = folder } } }));
        try
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Configuration.AddInMemoryCollection(
            [
                KeyValuePair.Create<string, string?>("ATLAS_DATABASE_URL", "postgresql://localhost:1/none"),
                KeyValuePair.Create<string, string?>("ATLAS_CONFIG", file),
            ]);
            configure(builder.AddAtlasSilo());
            return builder.Services.BuildServiceProvider();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
