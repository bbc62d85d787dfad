using Sluice.Core;
using Sluice.IntegrationTests.Lake;

namespace Sluice.IntegrationTests.Journeys;

public sealed class DamagedIndexTests : IAsyncLifetime
{
    private readonly JourneyTable _table = new();
    private string _id = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string[] Files => Directory.GetFiles(_table.Folder(_id));

    public async ValueTask InitializeAsync()
    {
        await _table.SetUsersAsync("select i as id, 'p' || i % 3 as kind from range(40) t(i)");
        await _table.AddAsync(
            "select i % 40 as unit, timestamptz '2015-01-01' + to_seconds(i) as seen, 'n' || i % 4 as name from range(200) t(i)"
        );
        var below = (await _table.BuildAsync()).Id;
        await _table.AddAsync("select cast(3 as bigint) as unit, timestamptz '2015-02-01' as seen, 'n1' as name");
        _id = (await _table.BuildAsync(below)).Id;
        _table.Store.Delete(below);
    }

    public ValueTask DisposeAsync()
    {
        _table.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_flipped_byte_anywhere_is_an_error()
    {
        foreach (var file in Files)
        {
            var sound = await File.ReadAllBytesAsync(file, Token);
            for (var at = 0; at < sound.Length; at += Math.Max(1, sound.Length / 61))
            {
                var damaged = (byte[])sound.Clone();
                damaged[at] ^= 0x10;
                await File.WriteAllBytesAsync(file, damaged, Token);
                await AssertDamagedAsync($"{Path.GetFileName(file)} at {at}");
            }

            await File.WriteAllBytesAsync(file, sound, Token);
        }

        using var index = await _table.Store.OpenAsync(_id, Token);
        Assert.NotNull(index);
    }

    [Fact]
    public async Task A_short_long_or_missing_file_is_an_error()
    {
        foreach (var file in Files)
        {
            var sound = await File.ReadAllBytesAsync(file, Token);
            foreach (var length in new[] { 0, 1, sound.Length / 2, sound.Length - 1 })
            {
                await File.WriteAllBytesAsync(file, sound[..length], Token);
                // The manifest may lack the line break at its end.
                if (length < sound.Length - 1 || !file.EndsWith(".json", StringComparison.Ordinal))
                {
                    await AssertDamagedAsync($"{Path.GetFileName(file)} of {length}");
                }
            }

            File.Delete(file);
            await AssertDamagedAsync($"{Path.GetFileName(file)} gone");
            await File.WriteAllBytesAsync(file, [.. sound, .. "x"u8], Token);
            await AssertDamagedAsync($"{Path.GetFileName(file)} longer");
            await File.WriteAllBytesAsync(file, sound, Token);
        }
    }

    [Fact]
    public async Task A_newer_format_says_so_and_what_to_do()
    {
        var manifest = Path.Combine(_table.Folder(_id), "index.json");
        var text = await File.ReadAllTextAsync(manifest, Token);
        await File.WriteAllTextAsync(
            manifest,
            text.Replace("{\"format\":1,", "{\"format\":7,", StringComparison.Ordinal),
            Token
        );

        var failure = await Assert.ThrowsAsync<PipelineException>(() => _table.Store.OpenAsync(_id, Token));

        Assert.Contains("newer Sluice: it has format 7", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Update Sluice", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_index_is_built_anew()
    {
        await File.WriteAllTextAsync(Path.Combine(_table.Folder(_id), "index.json"), "{", Token);

        var outcome = await _table.BuildAsync();

        Assert.False(outcome.AlreadyDone);
        Assert.StartsWith("built anew: ", outcome.Note, StringComparison.Ordinal);
        using var index = await _table.Store.OpenAsync(_id, Token);
        Assert.Equal(40, index!.Users);
    }

    [Fact]
    public async Task What_was_never_finished_is_not_there()
    {
        await using (var staging = _table.Store.Stage())
        {
            using var index = await _table.Store.OpenAsync(_id, Token);
            await staging.KeepAsync(index!, 0, default, Token);
        }

        Assert.Equal(_id, Assert.Single(_table.Store.List()).Id);
        Assert.Null(await _table.Store.OpenAsync("0123456789abcdef", Token));
        Assert.Null(await _table.Store.OpenAsync("../journeys", Token));
    }

    [Fact]
    public async Task Of_two_builders_one_wins_and_both_are_content()
    {
        _table.Store.Delete(_id);

        var outcomes = await Task.WhenAll(_table.BuildAsync(), _table.BuildAsync(), _table.BuildAsync());

        Assert.All(outcomes, outcome => Assert.Equal(_id, outcome.Id));
        using var index = await _table.Store.OpenAsync(_id, Token);
        Assert.Equal(40, index!.Users);
    }

    [Fact]
    public void ClickHouse_reads_the_files()
    {
        string Path_(string kind, int number) =>
            Files.Where(file => file.EndsWith($"-{kind}.arrow", StringComparison.Ordinal)).Order().ElementAt(number);

        var answers = ClickHouse.Ask(
            $"select count(), countIf(code > 0), max(time) from file('{Path_("events", 0)}', Arrow)",
            $"select key, length, flags, property0 from file('{Path_("users", 1)}', Arrow) where length > 0",
            $"select sum(toUInt8(superseded)) from file('{Path_("superseded", 0)}', Arrow)"
        );

        Assert.Equal(["240,200,200"], answers[0]);
        Assert.Equal(["3,6,0,1"], answers[1]);
        Assert.Equal(["1"], answers[2]);
    }

    private async Task AssertDamagedAsync(string what)
    {
        try
        {
            using var index = await _table.Store.OpenAsync(_id, Token);
            Assert.Fail($"{what}: opened");
        }
        catch (PipelineException failure)
        {
            Assert.False(string.IsNullOrEmpty(failure.Hint), what);
            Assert.Contains(_id, failure.Message, StringComparison.Ordinal);
        }
    }
}
