namespace Atlas.Import.Tests;

/// <summary>A folder of sources, gone after the test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-import-").FullName;

    public string Path => _folder;

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(_folder, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public async Task<List<RunOrError>> ReadAsync(IRunFormat format, string path)
    {
        var read = new List<RunOrError>();
        await foreach (var item in format.ReadAsync(path))
        {
            read.Add(item);
        }

        return read;
    }

    public async Task<RecordedRun> OnlyAsync(IRunFormat format, string text)
    {
        var item = Xunit.Assert.Single(await ReadAsync(format, Write("only.json", text)));
        Xunit.Assert.Null(item.Error);
        return item.Run!;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
