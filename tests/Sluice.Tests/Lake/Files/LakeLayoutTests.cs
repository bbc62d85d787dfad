using System.Text;
using CsCheck;
using Sluice.Core.Tables;
using Sluice.Lake.Files;

namespace Sluice.Tests.Lake.Files;

public sealed class LakeLayoutTests
{
    private static readonly Gen<string> Name = Gen.OneOf(
            Gen.String[1, 30],
            Gen.OneOf(
                "..",
                ".",
                "a/b",
                "%2E",
                "ds=2015-05-01",
                "_delta_log",
                "größe",
                "😀",
                "a b",
                "-x",
                "A.b.",
                "'; drop table x; --"
            )
        )
        // A lone surrogate is no Unicode text.
        .Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("users", "users")]
    [InlineData("Users-2", "Users-2")]
    [InlineData("a_b.c", "a_b.c")]
    [InlineData("_delta_log", "~5Fdelta_log")]
    [InlineData(".", "~2E")]
    [InlineData("..", "~2E~2E")]
    [InlineData(".hidden", "~2Ehidden")]
    [InlineData("a/b", "a~2Fb")]
    [InlineData("a%2Fb", "a~252Fb")]
    [InlineData("a b", "a~20b")]
    [InlineData("ä", "ä")]
    [InlineData("a😀", "a~F0~9F~98~80")]
    [InlineData("a\0b", "a~00b")]
    public void A_name_is_encoded(string name, string expected) => Assert.Equal(expected, LakeLayout.Encode(name));

    [Fact]
    public void Any_name_is_a_safe_file_name_and_comes_back() =>
        Name.Sample(
            name =>
            {
                var encoded = LakeLayout.Encode(name);

                Assert.Matches(@"\A[\p{L}\p{N}~-][\p{L}\p{N}~_.-]*\z", encoded);
                Assert.Equal(name, Uri.UnescapeDataString(encoded.Replace('~', '%')));
            },
            iter: 10_000
        );

    [Fact]
    public void Every_table_with_a_folder_is_found_again() =>
        Name.Array[1, 6]
            .Sample(
                names =>
                {
                    using var folder = new TempFolder();
                    var layout = new LakeLayout(folder.Path);
                    var tables = names
                        .SelectMany(name => new[] { TableId.Mart(name), TableId.Raw("app", name) })
                        .Distinct()
                        .Order()
                        .ToList();
                    foreach (var table in tables)
                    {
                        Directory.CreateDirectory(layout.FolderOf(table));
                    }

                    Assert.Equal(tables, layout.Tables().Order());
                },
                iter: 100,
                threads: 1
            );

    [Fact]
    public void Without_a_lake_there_are_no_tables() => Assert.Empty(new LakeLayout("/nowhere/at/all").Tables());

    [Fact]
    public void An_empty_name_is_refused() => Assert.Throws<Sluice.Core.PipelineException>(() => LakeLayout.Encode(""));

    [Fact]
    public void A_dot_at_the_end_does_not_stay() =>
        Assert.False(LakeLayout.Encode("a.").EndsWith('.'), "Windows takes 'a.' for 'a'.");

    [Fact]
    public void A_long_name_fits_a_file_system() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(LakeLayout.Encode(new string('漢', 64))), 1, 255);

    [Fact]
    public void A_name_that_no_file_system_takes_is_refused() =>
        Assert.Throws<Sluice.Core.PipelineException>(() => LakeLayout.Encode(new string('x', 256)));
}
